// What a cell says more, where the pointer rests on it.
import type { CellMouseOverEvent } from "ag-grid-community";
import type { Column } from "./columns";
import { SELECT } from "./selecting";

/** A text that is cut off shows whole under the mouse, and a value that needs words has them. */
export function tellWhole<Row>(
  { event, value, data, column }: CellMouseOverEvent<Row>,
  columns: Column<Row>[],
) {
  const cell = event?.target instanceof Element ? event.target.closest<HTMLElement>(".ag-cell") : null;
  if (!cell || column.getColId() === SELECT) return;
  const hint = data && columns.find(({ id }) => id === column.getColId())?.hint?.(data);
  // A fraction of a pixel is rounded differently by every engine.
  const cut = [cell, ...cell.querySelectorAll("*")].some((part) => part.scrollWidth > part.clientWidth + 1);
  const words = [cut && typeof value === "string" ? value : null, hint].filter(Boolean).join("\n");
  if (words) cell.title = words;
  else cell.removeAttribute("title");
}
