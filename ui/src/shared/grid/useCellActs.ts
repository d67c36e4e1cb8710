// What a press or a click on a cell does: opens the row, selects it, or a stretch of rows.
import type { CellClickedEvent, CellKeyDownEvent, FullWidthCellKeyDownEvent } from "ag-grid-community";
import { type RefObject, useMemo } from "react";
import type { GridProps } from "./props";
import { SELECT } from "./selecting";
import type { Stretches } from "./useStretches";

type Press<Row> = CellKeyDownEvent<Row> | FullWidthCellKeyDownEvent<Row>;

export function useCellActs<Row extends { id: number }>(
  latest: RefObject<GridProps<Row>>,
  { toggleRow, stretchTo, selectAll, stand }: Stretches<Row>,
) {
  return useMemo(() => {
    const stretchBy = (step: 1 | -1, { rowIndex, api, ...more }: Press<Row>) => {
      const to = (rowIndex ?? 0) + step;
      if (rowIndex === null || to < 0 || to >= api.getDisplayedRowCount()) return;
      api.ensureIndexVisible(to);
      if ("column" in more) api.setFocusedCell(to, more.column);
      stretchTo(api, rowIndex, to);
    };
    const select = (event: KeyboardEvent, press: Press<Row>) => {
      const { key, shiftKey } = event;
      const { data, rowIndex, api } = press;
      const mod = event.ctrlKey || event.metaKey;
      if (rowIndex === null) return;
      if (key === " " && shiftKey) stretchTo(api, rowIndex, rowIndex);
      else if (key === " " && data) toggleRow(data, rowIndex);
      else if (mod && key.toLowerCase() === "a") selectAll(api);
      else if (mod && key.toLowerCase() === "c") latest.current.selecting?.onCopy();
      else if (shiftKey && key === "ArrowUp") stretchBy(-1, press);
      else if (shiftKey && key === "ArrowDown") stretchBy(1, press);
    };
    /** What a cell does of its own; null: it opens the row. */
    const actOf = (column: string | undefined) =>
      latest.current.columns.find(({ id }) => id === column)?.act ?? null;
    return {
      // Told of a moment after the press: what the browser makes of it is prevented in `takenFromGrid`.
      onCellKeyDown: (press: Press<Row>) => {
        const { event, data } = press;
        if (!(event instanceof KeyboardEvent)) return;
        const column = "column" in press ? press.column.getColId() : undefined;
        if (event.key === "Enter" && data) (actOf(column) ?? latest.current.onOpen)(data);
        else if (event.key === "Escape") latest.current.onClose();
        else if (latest.current.selecting) select(event, press);
      },
      onCellClicked: ({ event, data, rowIndex, column, api }: CellClickedEvent<Row>) => {
        if (!data || rowIndex === null) return;
        const { shiftKey, ctrlKey, metaKey } = event as MouseEvent;
        const selecting = latest.current.selecting !== undefined;
        if (selecting && shiftKey) stretchTo(api, rowIndex, rowIndex);
        else if (selecting && (ctrlKey || metaKey || column.getColId() === SELECT)) toggleRow(data, rowIndex);
        else {
          stand(rowIndex);
          (actOf(column.getColId()) ?? latest.current.onOpen)(data);
        }
      },
    };
  }, [latest, toggleRow, stretchTo, selectAll, stand]);
}
