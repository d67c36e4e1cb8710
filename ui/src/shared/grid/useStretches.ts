// Selecting rows of a grid: one, a stretch from one to another, those that are loaded, all that match.
import type { GridApi } from "ag-grid-community";
import { type RefObject, useMemo } from "react";
import { toApiError } from "../../host";
import { BLOCK, type Block, blockOffset, rowsFor } from "./blocks";
import type { GridProps } from "./props";
import { EVERYBODY, isSelected, NOBODY, type Selection, toggled, withRows } from "./selection";

/** The longest stretch of rows that is selected with Shift: beyond it there is "all that match". */
const LONGEST_STRETCH = 5_000;
/** Where a stretch of selected rows begins, what was selected before it and with it, and whether the focus
 * has left it since. */
export type Anchor = { row: number; base: Selection; made: Selection; walked: boolean };

export type Stretches<Row extends { id: number }> = ReturnType<typeof useStretches<Row>>;

export function useStretches<Row extends { id: number }>(
  latest: RefObject<GridProps<Row>>,
  anchor: RefObject<Anchor | null>,
) {
  return useMemo(() => {
    const select = (value: Selection, row: number | null, base: Selection = value) => {
      anchor.current = row === null ? null : { row, base, made: value, walked: false };
      latest.current.selecting?.onChange(value);
    };
    return {
      clear: () => select(NOBODY, null),
      /** A stretch may begin here. */
      stand: (row: number) => {
        const now = latest.current.selecting?.value ?? NOBODY;
        anchor.current = { row, base: now, made: now, walked: false };
      },
      toggleRow: (row: Row, index: number) => {
        const { selecting } = latest.current;
        if (selecting) select(toggled(selecting.value, row.id), index);
      },
      stretchTo: async (grid: GridApi<Row>, from: number, to: number) => {
        const { selecting } = latest.current;
        if (!selecting) return;
        const before = anchor.current;
        const stepped = from !== to && before?.walked;
        const kept = before !== null && before.made === selecting.value && !stepped;
        const [row, base] = kept ? [before.row, before.base] : [from, selecting.value];
        const [first, last] = row < to ? [row, to] : [to, row];
        if (last - first >= LONGEST_STRETCH) return selecting.onTooLong(last - first + 1);
        const ids = await idsBetween(grid, first, last, latest.current.ask).catch((refusal: unknown) => {
          latest.current.onError(toApiError(refusal));
          return null;
        });
        if (ids && latest.current.selecting?.value === selecting.value)
          select(withRows(base, ids, true), row, base);
      },
      /** All rows that are loaded; if they are already, all that match. */
      selectAll: (grid: GridApi<Row>) => {
        const { selecting, total } = latest.current;
        if (!selecting || total === 0) return;
        const loaded: number[] = [];
        grid.forEachNode(({ data }) => data && loaded.push(data.id));
        const whole = loaded.every((id) => isSelected(selecting.value, id));
        select(whole ? EVERYBODY : withRows(NOBODY, loaded, true), null);
      },
    };
  }, [latest, anchor]);
}

/** The ids of a stretch of rows; those that are not loaded are asked for. */
async function idsBetween<Row extends { id: number }>(
  grid: GridApi<Row>,
  first: number,
  last: number,
  ask: (offset: number) => Promise<Block<Row>>,
): Promise<number[]> {
  const ids: number[] = [];
  for (let index = first; index <= last; ) {
    const loaded = grid.getDisplayedRowAtIndex(index)?.data;
    if (loaded) {
      ids.push(loaded.id);
      index += 1;
      continue;
    }
    const end = Math.min(blockOffset(index) + BLOCK, last + 1);
    const { rows } = rowsFor(await ask(blockOffset(index)), index, end);
    ids.push(...rows.map(({ id }) => id));
    index = end;
  }
  return ids;
}
