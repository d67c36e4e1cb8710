// Which rows are selected: some by id, or all that match but some. Survives scrolling and sorting.

export type Selection = { kind: "ids" | "all_but"; ids: ReadonlySet<number> };

export const NOBODY: Selection = { kind: "ids", ids: new Set() };
export const EVERYBODY: Selection = { kind: "all_but", ids: new Set() };

export const isSelected = ({ kind, ids }: Selection, id: number): boolean => ids.has(id) === (kind === "ids");

/** How many are selected of `total` that match. */
export const selectedOf = ({ kind, ids }: Selection, total: number): number =>
  kind === "ids" ? ids.size : Math.max(0, total - ids.size);

/** The selection with these rows in it, or out of it. */
export function withRows(selection: Selection, rows: Iterable<number>, wanted: boolean): Selection {
  const ids = new Set(selection.ids);
  const listed = wanted === (selection.kind === "ids");
  for (const id of rows) {
    if (listed) ids.add(id);
    else ids.delete(id);
  }
  return { kind: selection.kind, ids };
}

export const toggled = (selection: Selection, id: number): Selection =>
  withRows(selection, [id], !isSelected(selection, id));

/** What stands in the box above the boxes. */
export function summary(selection: Selection, total: number): "none" | "some" | "all" {
  const count = selectedOf(selection, total);
  if (count === 0) return "none";
  return count >= total ? "all" : "some";
}
