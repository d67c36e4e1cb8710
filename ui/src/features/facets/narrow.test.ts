import { describe, expect, it } from "vitest";
import { stateOf, withFacet } from "./narrow";

/** What the panel asks for when a part is clicked that it shows as the text says. */
const afterClick = (text: string, clause: string, wanted: "in" | "out") =>
  withFacet(text, clause, stateOf(text, clause) === wanted ? null : wanted);

describe("clicking a facet", () => {
  it("narrows the text by one more condition", () => {
    expect(afterClick("", "org:12", "in")).toBe("org:12");
    expect(afterClick("name ~ jan", "org:12", "in")).toBe("name ~ jan and org:12");
    expect(afterClick("name ~ jan", "org:12", "out")).toBe("name ~ jan and not org:12");
  });

  it("does not tear an or apart", () => {
    expect(afterClick("id:1 or id:2", "org:12", "in")).toBe("(id:1 or id:2) and org:12");
    expect(afterClick("id:1 or id:2 and org:12", "org:12", "in"), "the and binds id:2 only").toBe(
      "(id:1 or id:2 and org:12) and org:12",
    );
  });

  it("a second time takes the condition back", () => {
    for (const text of ["", "name ~ jan", "(id:1 or id:2)"]) {
      expect(afterClick(afterClick(text, "org:12", "in"), "org:12", "in")).toBe(text);
      expect(afterClick(afterClick(text, "org:12", "out"), "org:12", "out")).toBe(text);
    }
    expect(afterClick("org:12 and name ~ jan", "org:12", "in")).toBe("name ~ jan");
    expect(afterClick("id:1 and org:12 and id:2", "org:12", "in")).toBe("id:1 and id:2");
  });

  it("leaves the rest of the text as it was written", () => {
    expect(afterClick('name:"a  and b"  AND org:12\nand id:2', "org:12", "in")).toBe(
      'name:"a  and b"  AND id:2',
    );
    expect(afterClick("id:1  AND  org:12 ", "org:12", "in")).toBe("id:1");
  });

  it("turns a condition round in place of having both", () => {
    expect(afterClick("org:12", "org:12", "out")).toBe("not org:12");
    expect(afterClick("id:1 and not org:12", "org:12", "in")).toBe("id:1 and org:12");
  });

  it("turns a condition of two parts round as a whole", () => {
    const year = "created >= 2025-01-01 and created <= 2025-12-31";
    const without = afterClick("org:12", year, "out");
    expect(without).toBe(`org:12 and not (${year})`);
    expect(stateOf(without, year)).toBe("out");
    expect(afterClick(without, year, "out")).toBe("org:12");
    expect(afterClick(afterClick("org:12", year, "in"), year, "in")).toBe("org:12");
    expect(stateOf("created >= 2025-01-01 and org:12 and created <= 2025-12-31", year)).toBeNull();
  });

  it("leaves alone what the text says already", () => {
    expect(withFacet("name ~ jan", "org:12", null)).toBe("name ~ jan");
    expect(withFacet("org:12", "org:12", "in")).toBe("org:12");
  });
});

describe("what narrows already", () => {
  it.each([
    ["id:1 and org:12", "in"],
    ["id:1 and not org:12", "out"],
    ["id:1 or org:12", null],
    ["org:123", null],
    ["id:1 or id:2 and org:12", null],
    ["org:12 and id:1 or id:2", null],
    ["not (id:1 and org:12 and id:2)", null],
    ["(id:1 and org:12)", null],
    ['name:"a and org:12 and b"', null],
    ['name ~ "x" and org:12', "in"],
    ["or(id:1) and org:12", "in"],
    ["name ~ r&d/or and org:12", "in"],
    ["off org:12 and id:1", null],
  ])("of %j is %j", (text, state) => {
    expect(stateOf(text, "org:12")).toBe(state);
  });
});
