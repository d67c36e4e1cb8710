// Days without a time: 2025-01-31.

/** Whether a text is a day that there is. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** The day that was typed whole: 2025-01-31, 31/1/2025, 31.1.2025; null while it is half typed. */
export function dayIn(text: string): string | null {
  const [, year, month, date] = /^\s*(\d{4})-(\d{1,2})-(\d{2})\s*$/.exec(text) ?? [];
  const [, date2, month2, year2] = /^\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})\s*$/.exec(text) ?? [];
  const two = (part = "") => part.padStart(2, "0");
  const day = `${year ?? year2}-${two(month ?? month2)}-${two(date ?? date2)}`;
  return isDay(day) ? day : null;
}
