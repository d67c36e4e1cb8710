import { describe, expect, it } from "vitest";
import { afterClick, stateOf } from "./narrow";

describe("clicking a facet", () => {
  it("narrows the text by one more condition", () => {
    expect(afterClick("", "org:12", "in")).toBe("org:12");
    expect(afterClick("name ~ jan", "org:12", "in")).toBe("name ~ jan and org:12");
    expect(afterClick("name ~ jan", "org:12", "out")).toBe("name ~ jan and not org:12");
  });

  it("does not tear an or apart", () => {
    expect(afterClick("id:1 or id:2", "org:12", "in")).toBe("(id:1 or id:2) and org:12");
  });

  it("a second time takes the condition back", () => {
    for (const text of ["", "name ~ jan", "(id:1 or id:2)"]) {
      expect(afterClick(afterClick(text, "org:12", "in"), "org:12", "in")).toBe(text);
      expect(afterClick(afterClick(text, "org:12", "out"), "org:12", "out")).toBe(text);
    }
    expect(afterClick("org:12 and name ~ jan", "org:12", "in")).toBe("name ~ jan");
    expect(afterClick("id:1 and org:12 and id:2", "org:12", "in")).toBe("id:1 and id:2");
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
  });

  it("knows what narrows already", () => {
    expect(stateOf("id:1 and org:12", "org:12")).toBe("in");
    expect(stateOf("id:1 and not org:12", "org:12")).toBe("out");
    expect(stateOf("id:1 or org:12", "org:12")).toBeNull();
    expect(stateOf("org:123", "org:12")).toBeNull();
  });
});
