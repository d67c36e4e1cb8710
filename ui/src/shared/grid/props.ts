// What a grid is given by its place.
import type { Ref } from "react";
import type { ApiError, ViewColumn } from "../../generated/types";
import type { Arrangement } from "./arrangement";
import type { Block } from "./blocks";
import type { Column } from "./columns";
import type { Sort } from "./SortHeader";
import type { Selection } from "./selection";

/** How rows are selected; a grid without it has no boxes. */
export type Selecting<Row> = {
  value: Selection;
  onChange: (selection: Selection) => void;
  /** Names the box of a row. */
  label: (row: Row) => string;
  labelOfAll: string;
  /** Ctrl or Cmd and C. */
  onCopy: () => void;
  /** A stretch of so many rows is more than Shift selects. */
  onTooLong: (rows: number) => void;
};

/** What a place asks of its grid. */
export type GridHandle = {
  /** Takes the focus to the cell that was left, or the first one; without rows the grid waits for them with it. */
  focus: () => void;
};

export type GridProps<Row extends { id: number }> = {
  handle?: Ref<GridHandle>;
  label: string;
  /** Every column that there is. */
  columns: Column<Row>[];
  /** Those that are shown. */
  shown: Arrangement;
  onShown: (shown: ViewColumn[]) => void;
  movable?: boolean;
  /** Names the question; another name starts again at the top. */
  question: string;
  /** Changes whenever rows should be asked again: another question, or newer answers to the same one. */
  version: string;
  total: number;
  ask: (offset: number) => Promise<Block<Row>>;
  sort: Sort;
  selecting?: Selecting<Row>;
  /** The row whose drawer is open. */
  active: number | null;
  onOpen: (row: Row) => void;
  onClose: () => void;
  onError: (error: ApiError | null) => void;
};
