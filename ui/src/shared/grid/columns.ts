// What a column is, and how the grid draws it: with plain elements, because thousands pass by in a second.
import type { CellClassParams, ColDef, ICellRendererParams } from "ag-grid-community";
import type { ViewColumn } from "../../generated/types";
import { takenFromGrid } from "./keys";
import { type Board, SortHeader } from "./SortHeader";

/** How a value that is not an ordinary one looks. */
export type Tone = "unknown" | "none" | undefined;

export type Column<Row> = {
  id: string;
  header: string;
  width: number;
  /** Takes the space that is left. */
  grows?: boolean;
  numeric?: boolean;
  text: (row: Row) => string;
  tone?: (row: Row) => Tone;
  /** Says more about a value, where it rests under the mouse. */
  hint?: (row: Row) => string | null;
  /** Drawn in place of the text, where there is more than text to show. */
  draw?: (row: Row) => HTMLElement | null;
  /** What a click or Enter on its cells does, in place of opening the row. */
  act?: (row: Row) => void;
};

export function toColDef<Row>(
  column: Column<Row>,
  { width, pinned }: Pick<ViewColumn, "width" | "pinned">,
  board: Board,
): ColDef<Row> {
  const toneIs = (tone: Tone) => (params: CellClassParams<Row>) =>
    params.data !== undefined && column.tone?.(params.data) === tone;
  const { draw } = column;
  const drawn = { component: ({ data }: ICellRendererParams<Row>) => (data && draw?.(data)) ?? "" };
  return {
    colId: column.id,
    headerName: column.header,
    headerComponent: SortHeader,
    headerComponentParams: { board },
    width: width ?? column.width,
    flex: width === null && column.grows ? 1 : null,
    minWidth: column.grows ? 176 : 72,
    pinned: pinned ? "left" : null,
    // The text is the value, so that a changed row is a changed value.
    valueGetter: (params) => (params.data ? column.text(params.data) : ""),
    cellClass: column.numeric ? "num" : undefined,
    cellClassRules: column.tone && { unknown: toneIs("unknown"), none: toneIs("none") },
    cellRendererSelector: draw
      ? (params) => (params.data && draw(params.data) !== null ? drawn : undefined)
      : undefined,
    suppressKeyboardEvent: ({ event }) => takenFromGrid(event),
  };
}
