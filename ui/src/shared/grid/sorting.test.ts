import { describe, expect, it } from "vitest";
import { sortedBy } from "./sorting";

const words = (sort: ReturnType<typeof sortedBy>) => sort.map(({ by, direction }) => `${by} ${direction}`);

describe("an order", () => {
  it("is the column that was clicked, and turns round on a second click", () => {
    const once = sortedBy([{ by: "id", direction: "DESC" }], "name", false);
    expect(words(once)).toEqual(["name ASC"]);
    expect(words(sortedBy(once, "name", false))).toEqual(["name DESC"]);
  });

  it("takes a further column behind the others, turns it round, and lets it go", () => {
    const two = sortedBy([{ by: "organization", direction: "ASC" }], "name", true);
    expect(words(two)).toEqual(["organization ASC", "name ASC"]);
    const turned = sortedBy(two, "name", true);
    expect(words(turned)).toEqual(["organization ASC", "name DESC"]);
    expect(words(sortedBy(turned, "name", true))).toEqual(["organization ASC"]);
  });

  it("is never empty, and never longer than one can follow", () => {
    const only = sortedBy([{ by: "name", direction: "DESC" }], "name", true);
    expect(words(only)).toEqual(["name ASC"]);
    const five = ["a", "b", "c", "d", "e"].reduce<ReturnType<typeof sortedBy>>(
      (sort, by) => sortedBy(sort, by, true),
      [],
    );
    expect(words(five)).toEqual(["a ASC", "b ASC", "c ASC", "e ASC"]);
  });
});
