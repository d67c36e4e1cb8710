import { describe, expect, it } from "vitest";
import { EVERYBODY, isSelected, NOBODY, selectedOf, summary, toggled, withRows } from "./selection";

describe("a selection", () => {
  it("adds and takes away rows", () => {
    const some = withRows(NOBODY, [1, 2, 3], true);
    expect(selectedOf(some, 100)).toBe(3);
    expect(isSelected(some, 2)).toBe(true);
    expect(isSelected(toggled(some, 2), 2)).toBe(false);
  });

  it("of all keeps those that were taken out, whatever is loaded", () => {
    const most = withRows(EVERYBODY, [7, 8], false);
    expect(selectedOf(most, 12_345)).toBe(12_343);
    expect(isSelected(most, 7)).toBe(false);
    expect(isSelected(most, 4_000)).toBe(true);
    expect(selectedOf(toggled(most, 7), 12_345)).toBe(12_344);
  });

  it("says none, some or all", () => {
    expect(summary(NOBODY, 3)).toBe("none");
    expect(summary(withRows(NOBODY, [1], true), 3)).toBe("some");
    expect(summary(withRows(NOBODY, [1, 2, 3], true), 3)).toBe("all");
    expect(summary(EVERYBODY, 3)).toBe("all");
  });
});
