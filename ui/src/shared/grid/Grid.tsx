// A table of any length: rows come in blocks as one scrolls, old rows stay until newer ones are there.
import {
  type CellClickedEvent,
  type CellFocusedEvent,
  type CellKeyDownEvent,
  CellStyleModule,
  type ColDef,
  ColumnApiModule,
  ColumnAutoSizeModule,
  createGrid,
  type FullWidthCellKeyDownEvent,
  type GridApi,
  InfiniteRowModelModule,
  LocaleModule,
  RowApiModule,
  type RowClassParams,
  RowStyleModule,
  ScrollApiModule,
} from "ag-grid-community";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError, ViewColumn } from "../../generated/types";
import { toApiError } from "../../host";
import { styleNonce } from "../theme/nonce";
import { type Arrangement, sameColumns } from "./arrangement";
import { BLOCK, type Block, blockOffset, rowsFor } from "./blocks";
import { type Column, toColDef } from "./columns";
import classes from "./Grid.module.css";
import type { Board, Sort } from "./SortHeader";
import { type Boxes, boxColumn, markRow, SELECT } from "./selecting";
import { isSelected, NOBODY, type Selection, summary } from "./selection";
import { tellWhole } from "./tellWhole";
import { gridTheme } from "./theme";
import { type Anchor, useStretches } from "./useStretches";

const MODULES = [
  InfiniteRowModelModule,
  RowApiModule,
  ScrollApiModule,
  ColumnApiModule,
  ColumnAutoSizeModule,
  RowStyleModule,
  CellStyleModule,
  LocaleModule,
];
const ROW_CLASSES = {
  [classes.loading ?? "loading"]: ({ data }: RowClassParams) => data === undefined,
};
/** Blocks the grid holds; further ones are asked again (from the cache of reads) when scrolled to. */
const HELD_BLOCKS = 8;
/** While scrolling fast, blocks that were only passed are not asked for. */
const REST_MS = 30;
/** Rows that pass under the pointer are not measured. */
const POINTER_RESTS_MS = 120;
const MODIFIERS = new Set(["Control", "Meta", "Shift", "Alt"]);
/** The keys by which a person steps from cell to cell. */
const STEPS = new Set([
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "PageUp",
  "PageDown",
  "Home",
  "End",
]);

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

export type GridProps<Row extends { id: number }> = {
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

export function Grid<Row extends { id: number }>(props: GridProps<Row>) {
  const { t, i18n } = useTranslation();
  const [api, setApi] = useState<GridApi<Row> | null>(null);
  const grid = useRef<GridApi<Row> | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;

  // The drawer follows a person's own steps only: rows that move under the focus never change it.
  const steps = useRef(false);
  const awaited = useRef<number | null>(null);
  const anchor = useRef<Anchor | null>(null);
  const stay = useCallback(() => {
    steps.current = false;
    awaited.current = null;
  }, []);
  useEffect(() => {
    const element = frame.current;
    const onKey = ({ key, shiftKey, target }: KeyboardEvent) => {
      if (MODIFIERS.has(key)) return;
      stay();
      steps.current = STEPS.has(key) && target instanceof Element && target.closest(".ag-cell") !== null;
      if (STEPS.has(key) && !shiftKey && anchor.current) anchor.current.walked = true;
    };
    element?.addEventListener("keydown", onKey, true);
    window.addEventListener("pointerdown", stay, true);
    return () => {
      element?.removeEventListener("keydown", onKey, true);
      window.removeEventListener("pointerdown", stay, true);
    };
  }, [stay]);

  const marksOf = useCallback(() => {
    const { selecting, active } = latest.current;
    return { active, isSelected: selecting ? (row: Row) => isSelected(selecting.value, row.id) : null };
  }, []);
  const markRows = useCallback(
    (grid: GridApi<Row>) => {
      const marks = marksOf();
      for (const element of frame.current?.querySelectorAll<HTMLElement>(".ag-row[row-index]") ?? []) {
        markRow(element, grid.getDisplayedRowAtIndex(Number(element.getAttribute("row-index"))), marks);
      }
      // A step may have led to a row that was still on its way.
      const row = awaited.current === null ? undefined : grid.getDisplayedRowAtIndex(awaited.current)?.data;
      if (!row) return;
      awaited.current = null;
      const { active, onOpen } = latest.current;
      if (active !== null && row.id !== active) onOpen(row);
    },
    [marksOf],
  );

  const { toggleRow, stretchTo, selectAll, clear, stand } = useStretches(latest, anchor);

  // Tab comes back to the cell that was left; the first time to the first row.
  const left = useRef<{ row: number; column: string } | null>(null);
  const comeBack = useCallback(({ api: grid }: { api: GridApi<Row> }) => {
    const rows = grid.getDisplayedRowCount();
    const column = left.current?.column ?? latest.current.shown[0]?.id;
    if (rows === 0 || !column) return false;
    // Where the open person stands now, if that is known.
    let open: number | null = null;
    grid.forEachNode((node) => {
      if (node.data && node.data.id === latest.current.active) open = node.rowIndex;
    });
    const row = Math.min(open ?? left.current?.row ?? 0, rows - 1);
    grid.ensureIndexVisible(row);
    grid.setFocusedCell(row, column);
    return true;
  }, []);

  const onCellFocused = useCallback((event: CellFocusedEvent<Row>) => {
    if (event.rowIndex !== null && event.column && typeof event.column !== "string") {
      left.current = { row: event.rowIndex, column: event.column.getColId() };
    }
    if (latest.current.active === null || event.rowIndex === null || !steps.current) return;
    const row = event.api.getDisplayedRowAtIndex(event.rowIndex)?.data;
    awaited.current = row ? null : event.rowIndex;
    if (row && row.id !== latest.current.active) latest.current.onOpen(row);
  }, []);

  const onCellKeyDown = useCallback(
    ({
      event,
      data,
      rowIndex,
      api: grid,
      ...more
    }: CellKeyDownEvent<Row> | FullWidthCellKeyDownEvent<Row>) => {
      if (!(event instanceof KeyboardEvent) || rowIndex === null) return;
      const { key, shiftKey } = event;
      const column = "column" in more ? more.column : null;
      if (key === "Enter" && data) latest.current.onOpen(data);
      else if (key === "Escape") latest.current.onClose();
      else if (!latest.current.selecting) return;
      else if (key === " ") {
        event.preventDefault();
        if (data && !shiftKey) toggleRow(data, rowIndex);
        if (shiftKey) stretchTo(grid, rowIndex, rowIndex);
      } else if (key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        selectAll(grid);
      } else if (key.toLowerCase() === "c" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        latest.current.selecting.onCopy();
      } else if (shiftKey && (key === "ArrowUp" || key === "ArrowDown")) {
        event.preventDefault();
        const to = rowIndex + (key === "ArrowUp" ? -1 : 1);
        if (to < 0 || to >= grid.getDisplayedRowCount()) return;
        grid.ensureIndexVisible(to);
        if (column) grid.setFocusedCell(to, column);
        stretchTo(grid, rowIndex, to);
      }
    },
    [toggleRow, stretchTo, selectAll],
  );

  const onCellClicked = useCallback(
    ({ event, data, rowIndex, column, api: grid }: CellClickedEvent<Row>) => {
      if (!data || rowIndex === null) return;
      const { shiftKey, ctrlKey, metaKey } = event as MouseEvent;
      const selecting = latest.current.selecting !== undefined;
      if (selecting && shiftKey) stretchTo(grid, rowIndex, rowIndex);
      else if (selecting && (ctrlKey || metaKey || column.getColId() === SELECT)) toggleRow(data, rowIndex);
      else {
        stand(rowIndex);
        latest.current.onOpen(data);
      }
    },
    [stretchTo, toggleRow, stand],
  );

  /** A person moved, pinned or resized a column: the arrangement follows. */
  const onArranged = useCallback((grid: GridApi<Row>, resized: string | null) => {
    const { shown, onShown } = latest.current;
    const next = grid
      .getAllDisplayedColumns()
      .filter((column) => column.getColId() !== SELECT)
      .map((column): ViewColumn => {
        const id = column.getColId();
        const before = shown.find((own) => own.id === id)?.width ?? null;
        const width = id === resized ? Math.round(column.getActualWidth()) : before;
        return { id, width, pinned: column.getPinned() === "left" };
      });
    if (next.length === shown.length && !sameColumns(next, shown)) onShown(next);
  }, []);

  // What headers and boxes read of the newest properties.
  const board = useMemo<Board>(() => ({ sort: () => latest.current.sort, headers: new Set() }), []);
  const { labelOfAll } = props.selecting ?? {};
  const boxes = useMemo<Boxes<Row> | null>(
    () =>
      labelOfAll === undefined
        ? null
        : {
            isSelected: (row) => marksOf().isSelected?.(row) ?? false,
            summary: () => summary(latest.current.selecting?.value ?? NOBODY, latest.current.total),
            label: (row) => latest.current.selecting?.label(row) ?? "",
            labelOfAll,
            onAll: () => {
              const { selecting, total } = latest.current;
              if (!selecting || !grid.current) return;
              if (summary(selecting.value, total) === "none") selectAll(grid.current);
              else clear();
            },
            headers: new Set(),
          },
    [labelOfAll, marksOf, clear, selectAll],
  );

  const columnDefs = useMemo(() => {
    const byId = new Map(props.columns.map((column) => [column.id, column]));
    const found = props.shown.flatMap((place) => {
      const column = byId.get(place.id);
      return column ? [{ place, column }] : [];
    });
    const pinned = found.some(({ place }) => place.pinned);
    const defs = found.map(
      ({ place, column }, index): ColDef<Row> => ({
        ...toColDef(column, place, board),
        suppressMovable: !props.movable,
        // Beyond the last column there is nothing to give to or take from.
        resizable: index < found.length - 1 || props.movable === true,
      }),
    );
    return boxes ? [boxColumn(boxes, pinned), ...defs] : defs;
  }, [props.columns, props.shown, props.movable, board, boxes]);
  const firstDefs = useRef(columnDefs);
  firstDefs.current = columnDefs;

  // The grid itself, without React: rows that scroll by in their thousands would wait for it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language makes another grid
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    let resting: ReturnType<typeof setTimeout> | undefined;
    const made = createGrid<Row>(
      element,
      {
        theme: gridTheme,
        styleNonce: styleNonce(),
        rowModelType: "infinite",
        datasource: {
          getRows: async ({ startRow, endRow, successCallback, failCallback }) => {
            try {
              const block = await latest.current.ask(blockOffset(startRow));
              const { rows, total } = rowsFor(block, startRow, endRow);
              successCallback(rows, total);
              latest.current.onError(null);
            } catch (refusal) {
              failCallback();
              latest.current.onError(toApiError(refusal));
            }
          },
        },
        cacheBlockSize: BLOCK,
        maxBlocksInCache: HELD_BLOCKS,
        rowBuffer: 2,
        blockLoadDebounceMillis: REST_MS,
        infiniteInitialRowCount: Math.max(1, latest.current.total),
        columnDefs: firstDefs.current,
        defaultColDef: { sortable: false, resizable: true },
        maintainColumnOrder: false,
        getLocaleText: ({ defaultValue }) => defaultValue,
        animateRows: false,
        suppressRowHoverHighlight: true,
        suppressColumnMoveAnimation: true,
        rowClassRules: ROW_CLASSES,
        suppressNoRowsOverlay: true,
        suppressDragLeaveHidesColumns: true,
        focusGridInnerElement: comeBack,
        tabToNextCell: () => false,
        tabToNextHeader: () => false,
        processRowPostCreate: ({ eRow, node }) => markRow(eRow, node, marksOf()),
        onGridReady: ({ api: ready }) => {
          // Known from the first block, so that a screen reader hears the true number of rows.
          ready.setRowCount(latest.current.total, true);
        },
        onModelUpdated: ({ api: updated }) => markRows(updated),
        onCellFocused,
        onCellKeyDown,
        onCellClicked,
        onCellMouseOver: (event) => {
          clearTimeout(resting);
          resting = setTimeout(() => tellWhole(event, latest.current.columns), POINTER_RESTS_MS);
        },
        onColumnResized: ({ api: resized, finished, source, column }) => {
          if (finished && column && (source === "uiColumnResized" || source === "autosizeColumns"))
            onArranged(resized, column.getColId());
        },
        onColumnMoved: ({ api: moving, finished }) => finished && onArranged(moving, null),
        onDragStopped: ({ api: moving }) => onArranged(moving, null),
      },
      { modules: MODULES },
    );
    grid.current = made;
    setApi(made);
    return () => {
      clearTimeout(resting);
      grid.current = null;
      setApi(null);
      made.destroy();
    };
  }, [i18n.language]);

  const defsShown = useRef(columnDefs);
  useEffect(() => {
    if (!api || api.isDestroyed() || defsShown.current === columnDefs) return;
    defsShown.current = columnDefs;
    api.setGridOption("columnDefs", columnDefs);
    markRows(api);
  }, [api, columnDefs, markRows]);

  // Newer rows replace the old ones block by block; another question starts at the top.
  const shownRows = useRef({ question: props.question, version: props.version });
  useEffect(() => {
    if (!api || shownRows.current.version === props.version) return;
    if (shownRows.current.question !== props.question && api.getDisplayedRowCount() > 0)
      api.ensureIndexVisible(0, "top");
    shownRows.current = { question: props.question, version: props.version };
    stay();
    anchor.current = null;
    api.refreshInfiniteCache();
  }, [api, props.question, props.version, stay]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what it marks
  useEffect(() => {
    if (!api || api.isDestroyed()) return;
    markRows(api);
    for (const header of boxes?.headers ?? []) header.draw();
  }, [api, props.active, props.selecting?.value, props.total, markRows, boxes]);

  // Every time: what headers say hangs on functions of the place.
  useEffect(() => {
    for (const header of board.headers) header.draw();
  });

  useEffect(() => {
    const table = frame.current?.querySelector('[role="grid"],[role="treegrid"]');
    table?.setAttribute("aria-label", props.label);
    table?.setAttribute("aria-description", props.selecting ? t("grid.select_keys") : t("grid.row_keys"));
    if (props.selecting) table?.setAttribute("aria-multiselectable", "true");
  });

  // A drawer that closes with the focus in it gives the focus back to its row.
  const wasActive = useRef(props.active);
  useEffect(() => {
    const closed = wasActive.current !== null && props.active === null;
    wasActive.current = props.active;
    if (closed && api && document.activeElement === document.body) comeBack({ api });
  }, [api, props.active, comeBack]);

  const pinned = props.shown.some((column) => column.pinned);
  return <div className={classes.frame} data-pinned={pinned || undefined} ref={frame} />;
}
