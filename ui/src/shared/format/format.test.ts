import { describe, expect, it } from "vitest";
import { formatAgo, formatBytes, formatCountdown, formatDate, formatDayAgo, formatNumber } from "./format";
import { regional } from "./useFormat";

const NOW = 1_700_000_000;

describe("formats", () => {
  it("writes numbers as the language does", () => {
    expect(formatNumber("en-GB", 2000)).toBe("2,000");
    expect(formatNumber("nl-BE", 2000)).toBe("2.000");
    expect(formatNumber("fr", 2000)).toMatch(/^2\s000$/);
  });

  it("takes the largest whole unit of an age, and never a time in the future", () => {
    expect(formatAgo("en", NOW - 300, NOW)).toBe("5 minutes ago");
    expect(formatAgo("nl", NOW - 300, NOW)).toBe("5 minuten geleden");
    expect(formatAgo("en", NOW - 90_000, NOW)).toBe("yesterday");
    expect(formatAgo("en", NOW - 5, NOW)).toBe("now");
    expect(formatAgo("en", NOW + 500, NOW)).toBe("now");
  });

  it("says an age shortly without words that were cut", () => {
    expect(formatAgo("en", NOW - 40 * 86_400, NOW, "short")).toBe("1 mo. ago");
  });

  it("counts seconds down as minutes and seconds", () => {
    expect(formatCountdown(75)).toBe("1:15");
    expect(formatCountdown(0.2)).toBe("0:01");
    expect(formatCountdown(-3)).toBe("0:00");
  });

  it("writes sizes in the unit one would say", () => {
    expect(formatBytes("en", 40_960)).toBe("41 kB");
    expect(formatBytes("en", 1_843_200)).toBe("1.8 MB");
  });

  it("writes days as the language does", () => {
    expect(formatDate("en-GB", 1_404_172_800)).toBe("1 Jul 2014");
  });

  it("names today and yesterday by the calendar, not by hours", () => {
    const at = (text: string) => new Date(text).getTime() / 1000;
    const now = at("2026-11-22T00:10:00");
    expect(formatDayAgo("en", at("2026-11-22T00:05:00"), now)).toBe("today");
    expect(formatDayAgo("nl", at("2026-11-21T23:55:00"), now)).toBe("gisteren");
    expect(formatDayAgo("en", at("2026-11-20T23:55:00"), now)).toBe("");
  });

  it("keeps the system's variety of a language", () => {
    expect(regional("nl", ["en-US", "nl-BE"])).toBe("nl-BE");
    expect(regional("de", ["en-US"])).toBe("de");
  });
});
