import { describe, expect, it } from "vitest";
import type { ActivityEntry } from "../../generated/types";
import { byDay, grouped, nextPage, PAGE, readView } from "./view";

const entry = (no: number, at: string) => ({ no, at: new Date(at).getTime() }) as ActivityEntry;

describe("the activity", () => {
  it("stands day by day, as the days are here", () => {
    const days = byDay([
      entry(4, "2026-11-22T00:01:00"),
      entry(3, "2026-11-21T23:59:00"),
      entry(2, "2026-11-21T08:00:00"),
      entry(1, "2026-11-22T09:00:00"),
    ]);
    expect(days.map((day) => day.entries.map(({ no }) => no))).toEqual([[4], [3, 2], [1]]);
    expect(new Set(days.map(({ key }) => key)).size).toBe(3);
  });

  it("goes on before the last entry of a full page, and ends with one that is not", () => {
    const page = Array.from({ length: PAGE }, (_, index) => entry(500 - index, "2026-11-22T00:00:00"));
    expect(nextPage(page)).toBe(500 - PAGE + 1);
    expect(nextPage(page.slice(1))).toBeNull();
    expect(nextPage([])).toBeNull();
  });

  it("reads whatever was kept", () => {
    expect(readView(null)).toEqual({ search: "", kinds: [] });
    expect(readView({ search: 5, kinds: ["sync", 1] })).toEqual({ search: "", kinds: ["sync"] });
  });

  it("writes a hash so that one can copy it from paper", () => {
    expect(grouped("0123456789abcdef0")).toBe("01234567 89abcdef 0");
  });
});
