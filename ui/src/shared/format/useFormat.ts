// The formats in the language of the window, and a clock that ticks only while something shows it.
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  formatAgo,
  formatBytes,
  formatClock,
  formatClockExact,
  formatDate,
  formatDay,
  formatDayAgo,
  formatDuration,
  formatMoment,
  formatMomentExact,
  formatNumber,
} from "./format";

/** The system's own variety of a language (nl-BE for nl), so that dates look as everywhere else. */
export function regional(language: string, system: readonly string[]): string {
  return system.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ?? language;
}

export function useFormat() {
  const language = regional(useTranslation().i18n.language, navigator.languages);
  return useMemo(
    () => ({
      language,
      number: (value: number) => formatNumber(language, value),
      date: (at: number) => formatDate(language, at),
      moment: (at: number) => formatMoment(language, at),
      clock: (at: number) => formatClock(language, at),
      day: (at: number) => formatDay(language, at),
      dayAgo: (at: number, now: number) => formatDayAgo(language, at, now),
      momentExact: (at: number) => formatMomentExact(language, at),
      clockExact: (at: number) => formatClockExact(language, at),
      duration: (seconds: number) => formatDuration(language, seconds),
      bytes: (bytes: number) => formatBytes(language, bytes),
      ago: (at: number, now: number, style?: "long" | "short") => formatAgo(language, at, now, style),
    }),
    [language],
  );
}

/** Unix seconds, renewed every `every` seconds; 0 stops the clock. */
export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now() / 1000);
  useEffect(() => {
    setNow(Date.now() / 1000);
    if (every <= 0) return;
    const timer = setInterval(() => setNow(Date.now() / 1000), every * 1000);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
