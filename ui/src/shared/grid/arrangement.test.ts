import { describe, expect, it } from "vitest";
import { moved, readArrangement, rearranged, sameColumns, withColumn, withPin } from "./arrangement";

const KNOWN = ["name", "organization", "role", "id"];
const of = (...ids: string[]) => ids.map((id) => ({ id, width: null, pinned: false }));
const ids = (columns: readonly { id: string; pinned: boolean }[]) =>
  columns.map(({ id, pinned }) => (pinned ? `${id}*` : id)).join(" ");

describe("the arrangement of columns", () => {
  it("is what of the kept one still makes sense", () => {
    const kept = [
      { id: "id", width: 90, pinned: false },
      { id: "shoe" },
      { id: "id" },
      { id: "name", width: -4, pinned: true },
      null,
    ];
    expect(readArrangement(kept, KNOWN)).toEqual([
      { id: "name", width: null, pinned: true },
      { id: "id", width: 90, pinned: false },
    ]);
    expect(readArrangement([{ id: "shoe" }], KNOWN)).toBeNull();
    expect(readArrangement("name", KNOWN)).toBeNull();
  });

  it("keeps at least one column", () => {
    expect(ids(withColumn(of("name"), "name", false))).toBe("name");
    expect(ids(withColumn(of("name", "id"), "name", false))).toBe("id");
  });

  it("shows a column behind the others, once", () => {
    const shown = withColumn(of("name"), "role", true);
    expect(ids(shown)).toBe("name role");
    expect(ids(withColumn(shown, "role", true))).toBe("name role");
  });

  it("keeps pinned columns before the others", () => {
    const pinned = withPin(of("name", "organization", "id"), "id", true);
    expect(ids(pinned)).toBe("id* name organization");
    expect(ids(moved(pinned, "name", 0))).toBe("id* name organization");
    expect(ids(moved(pinned, "organization", 1))).toBe("id* organization name");
  });

  it("keeps what is not on the screen in its place when the rest is arranged", () => {
    const kept = of("name", "finess", "role", "id");
    expect(ids(rearranged(kept, of("role", "name", "id")))).toBe("role finess name id");
    const pinned = [{ id: "id", width: 90, pinned: true }, ...of("name", "role")];
    expect(rearranged(kept, pinned)[0]).toEqual(pinned[0]);
    expect(ids(rearranged(kept, pinned))).toBe("id* finess name role");
    expect(ids(rearranged(of("name", "id"), of("id", "name")))).toBe("id name");
  });

  it("knows when nothing was changed", () => {
    expect(sameColumns(of("name", "id"), of("name", "id"))).toBe(true);
    expect(sameColumns(of("name", "id"), of("id", "name"))).toBe(false);
    expect(sameColumns(of("name"), [{ id: "name", width: 100, pinned: false }])).toBe(false);
  });
});
