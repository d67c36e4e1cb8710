// The columns as the grid takes them, with the boxes before them, and what a person arranged as the place takes it.
import type { ColDef, GridApi } from "ag-grid-community";
import { type RefObject, useMemo } from "react";
import type { ViewColumn } from "../../generated/types";
import { type Arrangement, rearranged, sameColumns } from "./arrangement";
import { type Column, toColDef } from "./columns";
import type { GridProps } from "./props";
import type { Board } from "./SortHeader";
import { type Boxes, boxColumn, SELECT } from "./selecting";
import { isSelected, NOBODY, summary } from "./selection";
import type { Stretches } from "./useStretches";

/** The columns of an arrangement that there are: it may name some of another platform. */
function found<Row>(columns: readonly Column<Row>[], shown: Arrangement) {
  const byId = new Map(columns.map((column) => [column.id, column]));
  return shown.flatMap((place) => {
    const column = byId.get(place.id);
    return column ? [{ place, column }] : [];
  });
}

export function useColumnDefs<Row extends { id: number }>(
  props: GridProps<Row>,
  latest: RefObject<GridProps<Row>>,
  grid: RefObject<GridApi<Row> | null>,
  { selectAll, clear }: Stretches<Row>,
) {
  const headers = useMemo<Board["headers"]>(() => new Set(), []);
  const { columns, shown, movable = false } = props;
  const { labelOfAll } = props.selecting ?? {};
  const boxes = useMemo<Boxes<Row> | null>(
    () =>
      labelOfAll === undefined
        ? null
        : {
            isSelected: ({ id }) => isSelected(latest.current.selecting?.value ?? NOBODY, id),
            summary: () => summary(latest.current.selecting?.value ?? NOBODY, latest.current.total),
            label: (row) => latest.current.selecting?.label(row) ?? "",
            labelOfAll,
            onAll: () => {
              const { selecting, total } = latest.current;
              if (!selecting || !grid.current) return;
              if (summary(selecting.value, total) === "none") selectAll(grid.current);
              else clear();
            },
            headers,
          },
    [labelOfAll, latest, grid, selectAll, clear, headers],
  );
  const columnDefs = useMemo(() => {
    const board: Board = { sort: () => latest.current.sort, headers };
    const places = found(columns, shown);
    const pinned = places.some(({ place }) => place.pinned);
    const defs = places.map(
      ({ place, column }, index): ColDef<Row> => ({
        ...toColDef(column, place, board),
        suppressMovable: !movable,
        // Beyond the last column there is nothing to give to or take from.
        resizable: index < places.length - 1 || movable,
      }),
    );
    return boxes ? [boxColumn(boxes, pinned), ...defs] : defs;
  }, [columns, shown, movable, latest, boxes, headers]);
  return { columnDefs, headers };
}

/** A person moved, pinned or resized a column: the arrangement follows. */
export function onArranged<Row extends { id: number }>(
  { columns, shown, onShown }: GridProps<Row>,
  grid: GridApi<Row>,
  resized: string | null,
) {
  const onScreen = grid
    .getAllDisplayedColumns()
    .filter((column) => column.getColId() !== SELECT)
    .map((column): ViewColumn => {
      const id = column.getColId();
      const before = shown.find((own) => own.id === id)?.width ?? null;
      const width = id === resized ? Math.round(column.getActualWidth()) : before;
      return { id, width, pinned: column.getPinned() === "left" };
    });
  // While the grid is being given other columns it does not show what is arranged.
  const places = found(columns, shown);
  const isWhole =
    onScreen.length === places.length &&
    places.every(({ place }) => onScreen.some(({ id }) => id === place.id));
  if (!isWhole) return;
  const next = rearranged(shown, onScreen);
  if (!sameColumns(next, shown)) onShown(next);
}
