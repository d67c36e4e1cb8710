// Numbers, times and sizes as words, in a given language.

const cached = <T>(make: (language: string) => T) => {
  const made = new Map<string, T>();
  return (language: string): T => {
    const known = made.get(language);
    if (known) return known;
    const fresh = make(language);
    made.set(language, fresh);
    return fresh;
  };
};

const numbers = cached((l) => new Intl.NumberFormat(l));
const dates = cached((l) => new Intl.DateTimeFormat(l, { day: "numeric", month: "short", year: "numeric" }));
const moments = cached((l) => new Intl.DateTimeFormat(l, { dateStyle: "long", timeStyle: "short" }));
const clocks = cached((l) => new Intl.DateTimeFormat(l, { timeStyle: "short" }));
const days = cached((l) => new Intl.DateTimeFormat(l, { dateStyle: "full" }));
const exactMoments = cached((l) => new Intl.DateTimeFormat(l, { dateStyle: "long", timeStyle: "medium" }));
const exactClocks = cached((l) => new Intl.DateTimeFormat(l, { timeStyle: "medium" }));
const agos = cached((l) => new Intl.RelativeTimeFormat(l, { numeric: "auto", style: "long" }));
const shortAgos = cached((l) => new Intl.RelativeTimeFormat(l, { numeric: "always", style: "short" }));

export const formatNumber = (language: string, value: number) => numbers(language).format(value);
/** `at`: Unix seconds. */
export const formatDate = (language: string, at: number) => dates(language).format(at * 1000);
export const formatMoment = (language: string, at: number) => moments(language).format(at * 1000);
export const formatClock = (language: string, at: number) => clocks(language).format(at * 1000);
/** With its weekday: "Sunday 22 November 2026". */
export const formatDay = (language: string, at: number) => days(language).format(at * 1000);
/** To the second. */
export const formatMomentExact = (language: string, at: number) => exactMoments(language).format(at * 1000);
export const formatClockExact = (language: string, at: number) => exactClocks(language).format(at * 1000);

/** "today", "yesterday"; empty for days before (both Unix seconds, days as they are here). */
export function formatDayAgo(language: string, at: number, now: number): string {
  const midnight = (seconds: number) => new Date(seconds * 1000).setHours(0, 0, 0, 0);
  // Rounded: a day on which the clocks change is not 24 hours long.
  const before = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  return before === 0 || before === 1 ? agos(language).format(-before, "day") : "";
}

const STEPS: Array<[Intl.RelativeTimeFormatUnit, number]> = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["week", 7 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** How long before `now` something was (both Unix seconds): "5 minutes ago"; under a minute "now". */
export function formatAgo(
  language: string,
  at: number,
  now: number,
  style: "long" | "short" = "long",
): string {
  const formatter = (style === "short" ? shortAgos : agos)(language);
  const seconds = Math.max(0, now - at);
  for (const [unit, length] of STEPS) {
    if (seconds >= length) return formatter.format(-Math.floor(seconds / length), unit);
  }
  return agos(language).format(0, "second");
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export function formatBytes(language: string, bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 1000 && step < UNITS.length - 1) {
    value /= 1000;
    step += 1;
  }
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: UNITS[step] ?? "byte",
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
}

/** A countdown: 75 → "1:15". */
export function formatCountdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** A stretch of time, rounded up to what a person plans with: 75 → "2 minutes". */
export function formatDuration(language: string, seconds: number): string {
  const [unit, length] =
    seconds < 60
      ? (["second", 1] as const)
      : seconds < 3600
        ? (["minute", 60] as const)
        : (["hour", 3600] as const);
  const tenths = unit === "hour" ? 10 : 1;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    unitDisplay: "long",
    maximumFractionDigits: 1,
  }).format(Math.ceil((tenths * Math.max(1, seconds)) / length) / tenths);
}
