// The focus in a grid: the drawer follows a person's steps, and Tab comes back to the cell that was left.
import type { CellFocusedEvent, GridApi } from "ag-grid-community";
import { type RefObject, useEffect, useMemo, useRef } from "react";
import { MODIFIERS, STEPS } from "./keys";
import type { GridProps } from "./props";
import { SELECT } from "./selecting";
import type { Anchor } from "./useStretches";

type Refs<Row extends { id: number }> = {
  frame: RefObject<HTMLDivElement | null>;
  latest: RefObject<GridProps<Row>>;
  anchor: RefObject<Anchor | null>;
};

/** An element that cannot have the focus otherwise has it until it goes elsewhere. */
function hold(element: HTMLElement) {
  element.tabIndex = -1;
  element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
  element.focus();
}

export function useGridFocus<Row extends { id: number }>({ frame, latest, anchor }: Refs<Row>) {
  // The drawer follows a person's own steps only: rows that move under the focus never change it.
  const steps = useRef(false);
  /** A row that a step led to and that is still on its way. */
  const awaited = useRef<number | null>(null);
  const left = useRef<{ row: number; column: string } | null>(null);

  const focus = useMemo(() => {
    const open = (row: Row) => {
      const { active, onOpen } = latest.current;
      if (active !== null && row.id !== active) onOpen(row);
    };
    /** The cell that was left, the first time that of the first row; false if there is none. */
    const comeBack = (grid: GridApi<Row>): boolean => {
      const rows = grid.getDisplayedRowCount();
      const columns = grid.getAllDisplayedColumns().map((column) => column.getColId());
      const column = columns.find((id) => id === left.current?.column) ?? columns.find((id) => id !== SELECT);
      if (rows === 0 || !column) return false;
      // Where the open person stands now, if that is known.
      let opened: number | null = null;
      grid.forEachNode((node) => {
        if (node.data && node.data.id === latest.current.active) opened = node.rowIndex;
      });
      const row = Math.min(opened ?? left.current?.row ?? 0, rows - 1);
      grid.ensureIndexVisible(row);
      grid.setFocusedCell(row, column);
      return true;
    };
    return {
      stay: () => {
        steps.current = false;
        awaited.current = null;
      },
      step: (isStep: boolean) => {
        steps.current = isStep;
      },
      comeBack,
      /** As `comeBack`; a grid without rows holds the focus itself until they are there. */
      take: (grid: GridApi<Row>) => {
        if (!comeBack(grid) && frame.current) hold(frame.current);
      },
      onCellFocused: ({ rowIndex, column, api }: CellFocusedEvent<Row>) => {
        if (rowIndex === null) return;
        if (column && typeof column !== "string") left.current = { row: rowIndex, column: column.getColId() };
        if (latest.current.active === null || !steps.current) return;
        const row = api.getDisplayedRowAtIndex(rowIndex)?.data;
        awaited.current = row ? null : rowIndex;
        if (row) open(row);
      },
      /** Rows arrived, perhaps the one that a step led to. */
      onRows: (grid: GridApi<Row>) => {
        if (frame.current && document.activeElement === frame.current) comeBack(grid);
        const row = awaited.current === null ? undefined : grid.getDisplayedRowAtIndex(awaited.current)?.data;
        if (!row) return;
        awaited.current = null;
        open(row);
      },
    };
  }, [frame, latest]);

  useEffect(() => {
    const element = frame.current;
    const onKey = ({ key, shiftKey, target }: KeyboardEvent) => {
      if (MODIFIERS.has(key)) return;
      focus.stay();
      focus.step(STEPS.has(key) && target instanceof Element && target.closest(".ag-cell") !== null);
      if (STEPS.has(key) && !shiftKey && anchor.current) anchor.current.walked = true;
    };
    element?.addEventListener("keydown", onKey, true);
    window.addEventListener("pointerdown", focus.stay, true);
    return () => {
      element?.removeEventListener("keydown", onKey, true);
      window.removeEventListener("pointerdown", focus.stay, true);
    };
  }, [frame, anchor, focus]);
  return focus;
}
