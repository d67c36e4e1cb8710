import { describe, expect, it } from "vitest";
import { FRESH_VIEW, readView, sortAfterClick, toQuestion } from "./view";

describe("the view of People", () => {
  it("is whole whatever was kept", () => {
    expect(readView(null)).toEqual(FRESH_VIEW);
    expect(readView({ source: "moon", sort: { by: "shoe" }, widths: { id: -1, name: 300 } })).toEqual({
      ...FRESH_VIEW,
      widths: { name: 300 },
    });
  });

  it("comes back as it was kept", () => {
    const view = { ...FRESH_VIEW, search: "peeters", organization: { id: 12, name: "Apotheek" } };
    expect(readView(JSON.parse(JSON.stringify(view)))).toEqual(view);
  });

  it("asks live only what the vendor can answer", () => {
    const question = toQuestion({ ...FRESH_VIEW, source: "live", search: "x", seen: "missing" }, "c");
    expect(question).toMatchObject({ search: null, seen: "present", sort: { by: "id", direction: "ASC" } });
  });

  it("sends an organization as the vendor's own filter", () => {
    expect(toQuestion({ ...FRESH_VIEW, organization: { id: 12, name: "A" } }, "c").filter).toBe(
      '{"organization":12}',
    );
  });

  it("turns the sorting round on a second click", () => {
    expect(sortAfterClick({ by: "name", direction: "ASC" }, "name")).toBe("DESC");
    expect(sortAfterClick({ by: "name", direction: "DESC" }, "id")).toBe("ASC");
  });
});
