import { describe, expect, it } from "vitest";
import { dayIn, isDay } from "./day";

describe("days", () => {
  it("knows a day of the calendar", () => {
    expect([isDay("2024-02-29"), isDay("2025-02-29"), isDay("2025-1-1")]).toEqual([true, false, false]);
    expect(["2024-02-29", "29/2/2024", "1.12.2024"].map(dayIn)).toEqual([
      "2024-02-29",
      "2024-02-29",
      "2024-12-01",
    ]);
    expect(["2", "2024-02-2", "31/2/2024", "2024"].map(dayIn)).toEqual([null, null, null, null]);
  });
});
