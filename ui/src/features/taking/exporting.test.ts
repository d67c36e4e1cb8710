import { describe, expect, it } from "vitest";
import { fileName } from "./exporting";

const DAY = new Date(2026, 10, 3);

describe("the name that is offered for a file", () => {
  it("is one that every system takes", () => {
    expect(fileName("People", "Our clients / Août: 2026", DAY, "csv")).toBe(
      "people-our-clients-aout-2026-2026-11-03.csv",
    );
    expect(fileName("People", "…", DAY, "xlsx")).toBe("people-2026-11-03.xlsx");
  });

  it("is not endless", () => {
    expect(fileName("People", "x".repeat(300), DAY, "csv").length).toBeLessThan(80);
  });
});
