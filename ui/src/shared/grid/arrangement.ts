// Which columns are shown, in which order, how wide, and which stay when others scroll.
import type { ViewColumn } from "../../generated/types";

export type Arrangement = readonly ViewColumn[];

const isWidth = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value) && value >= 24 && value <= 4000;

/** An arrangement of whatever was kept; none if it holds no column that there is. */
export function readArrangement(kept: unknown, known: readonly string[]): ViewColumn[] | null {
  if (!Array.isArray(kept)) return null;
  const columns = new Map<string, ViewColumn>();
  for (const column of kept as unknown[]) {
    if (typeof column !== "object" || column === null) continue;
    const { id, width, pinned } = column as Partial<Record<keyof ViewColumn, unknown>>;
    if (typeof id !== "string" || !known.includes(id) || columns.has(id)) continue;
    columns.set(id, { id, width: isWidth(width) ? Math.round(width) : null, pinned: pinned === true });
  }
  return columns.size > 0 ? settled([...columns.values()]) : null;
}

/** Pinned columns stand before the others, as they do on the screen. */
export const settled = (columns: Arrangement): ViewColumn[] => [
  ...columns.filter(({ pinned }) => pinned),
  ...columns.filter(({ pinned }) => !pinned),
];

/** Shows a column, behind the others, or hides it. The last one stays. */
export function withColumn(columns: Arrangement, id: string, shown: boolean): ViewColumn[] {
  const rest = columns.filter((column) => column.id !== id);
  if (!shown) return rest.length > 0 ? rest : [...columns];
  return rest.length < columns.length ? [...columns] : [...columns, { id, width: null, pinned: false }];
}

export const withPin = (columns: Arrangement, id: string, pinned: boolean): ViewColumn[] =>
  settled(columns.map((column) => (column.id === id ? { ...column, pinned } : column)));

/** Moves a column to the place that another has now; pinned ones stay among pinned ones. */
export function moved(columns: Arrangement, id: string, to: number): ViewColumn[] {
  const column = columns.find((other) => other.id === id);
  if (!column) return [...columns];
  const rest = columns.filter((other) => other.id !== id);
  const place = Math.max(0, Math.min(to, rest.length));
  return settled([...rest.slice(0, place), column, ...rest.slice(place)]);
}

/** The columns after a person arranged those on the screen; the others (of another platform) keep their places. */
export function rearranged(columns: Arrangement, onScreen: Arrangement): ViewColumn[] {
  const moved = new Set(onScreen.map(({ id }) => id));
  const next = onScreen.values();
  return settled(columns.map((column) => (moved.has(column.id) ? (next.next().value ?? column) : column)));
}

export const sameColumns = (one: Arrangement, other: Arrangement): boolean =>
  one.length === other.length &&
  one.every((column, index) => {
    const twin = other[index];
    return twin?.id === column.id && twin.width === column.width && twin.pinned === column.pinned;
  });
