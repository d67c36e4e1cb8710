// What is asked of the activity, and how its entries stand: newest first, day by day.
import type { ActivityEntry, ActivityQuestion } from "../../generated/types";

/** How many entries are asked for at once. */
export const PAGE = 100;

export type ActivityView = { search: string; kinds: string[] };

/** A whole view of whatever was kept, however old its shape. */
export function readView(kept: unknown): ActivityView {
  const { search, kinds } = (kept ?? {}) as Partial<Record<keyof ActivityView, unknown>>;
  return {
    search: typeof search === "string" ? search : "",
    kinds: Array.isArray(kinds) ? kinds.filter((kind) => typeof kind === "string") : [],
  };
}

export const isNarrowed = (view: ActivityView): boolean => view.search !== "" || view.kinds.length > 0;

/** A page of the entries that match, from the one before a number on. */
export const toQuestion = (
  connection: string,
  view: ActivityView,
  before: number | null,
): ActivityQuestion => ({
  connection,
  kinds: view.kinds,
  outcomes: [],
  text: view.search || null,
  since: null,
  until: null,
  before,
  limit: PAGE,
});

/** The number that the next page stands before; null if this was the last. */
export const nextPage = (entries: readonly ActivityEntry[]): number | null =>
  entries.length < PAGE ? null : (entries.at(-1)?.no ?? null);

export type Day = { key: string /** Unix seconds. */; at: number; entries: ActivityEntry[] };

const dayOf = (at: number): string => {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
};

/** The entries day by day, where this window is; a clock that was set back begins a day anew. */
export function byDay(entries: readonly ActivityEntry[]): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const day = dayOf(entry.at);
    const last = days.at(-1);
    if (last && dayOf(last.at * 1000) === day) last.entries.push(entry);
    else days.push({ key: `${day} ${entry.no}`, at: entry.at / 1000, entries: [entry] });
  }
  return days;
}

/** A hash in groups of eight, to read it aloud or to copy it from paper. */
export const grouped = (hash: string): string => hash.match(/.{1,8}/g)?.join(" ") ?? hash;
