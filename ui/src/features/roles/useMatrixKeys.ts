// The keys of the matrix: one cell has the focus, arrows move it; the row above the first is the heads.
import { type KeyboardEvent, useRef, useState } from "react";

export type At = { row: number; column: number };

/** How many rows a page is. */
const PAGE = 10;
export const HEAD = -1;

/** Where a key leads; null if it leads nowhere. */
export function moved(at: At, key: string, mod: boolean, rows: number, columns: number): At | null {
  const row = (to: number) => ({ ...at, row: Math.max(HEAD, Math.min(rows - 1, to)) });
  const column = (to: number) => ({ ...at, column: Math.max(0, Math.min(columns - 1, to)) });
  switch (key) {
    case "ArrowUp":
      return row(at.row - 1);
    case "ArrowDown":
      return row(at.row + 1);
    case "ArrowLeft":
      return column(at.column - 1);
    case "ArrowRight":
      return column(at.column + 1);
    case "PageUp":
      return row(Math.max(0, at.row - PAGE));
    case "PageDown":
      return row(at.row + PAGE);
    case "Home":
      return mod ? { row: 0, column: 0 } : column(0);
    case "End":
      return mod ? { row: rows - 1, column: columns - 1 } : column(columns - 1);
    default:
      return null;
  }
}

type Options = {
  rows: number;
  columns: number;
  /** Moved there by key. */
  onMove: (at: At) => void;
  onOpen: (at: At) => void;
  onClose: () => void;
};

export function useMatrixKeys({ rows, columns, onMove, onOpen, onClose }: Options) {
  const table = useRef<HTMLTableElement>(null);
  const [kept, setAt] = useState<At>({ row: 0, column: 0 });
  // What is shown may have become less.
  const at = { row: Math.min(kept.row, rows - 1), column: Math.min(kept.column, columns - 1) };
  const focus = ({ row, column }: At) =>
    table.current
      ?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)
      ?.focus({ preventScroll: false });
  const onKeyDown = (event: KeyboardEvent) => {
    // A button in a head has its own keys.
    if (event.target instanceof Element && !event.target.hasAttribute("data-row")) return;
    if (event.altKey || (event.shiftKey && event.key !== "Tab")) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return onOpen(at);
    }
    if (event.key === "Escape") return onClose();
    const next = moved(at, event.key, event.ctrlKey || event.metaKey, rows, columns);
    if (!next) return;
    event.preventDefault();
    setAt(next);
    focus(next);
    onMove(next);
  };
  return { table, at, setAt, focus, onKeyDown };
}
