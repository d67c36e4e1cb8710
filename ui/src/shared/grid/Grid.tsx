// A table of any length: rows come in blocks as one scrolls, old rows stay until newer ones are there.
import {
  CellStyleModule,
  ColumnApiModule,
  ColumnAutoSizeModule,
  createGrid,
  type GridApi,
  InfiniteRowModelModule,
  LocaleModule,
  RowApiModule,
  type RowClassParams,
  RowStyleModule,
  ScrollApiModule,
} from "ag-grid-community";
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { toApiError } from "../../host";
import { styleNonce } from "../theme/nonce";
import { BLOCK, blockOffset, rowsFor } from "./blocks";
import classes from "./Grid.module.css";
import type { GridProps } from "./props";
import { markRow } from "./selecting";
import { isSelected } from "./selection";
import { tellWhole } from "./tellWhole";
import { gridTheme } from "./theme";
import { useCellActs } from "./useCellActs";
import { onArranged, useColumnDefs } from "./useColumnDefs";
import { useGridFocus } from "./useGridFocus";
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
const REST_MS = 20;
/** Rows that pass under the pointer are not measured. */
const POINTER_RESTS_MS = 120;

export function Grid<Row extends { id: number }>(props: GridProps<Row>) {
  const { t, i18n } = useTranslation();
  const [api, setApi] = useState<GridApi<Row> | null>(null);
  const grid = useRef<GridApi<Row> | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const anchor = useRef<Anchor | null>(null);

  const marksOf = useCallback(() => {
    const { selecting, active } = latest.current;
    return { active, isSelected: selecting ? (row: Row) => isSelected(selecting.value, row.id) : null };
  }, []);
  const markRows = useCallback(
    (marked: GridApi<Row>) => {
      const marks = marksOf();
      for (const element of frame.current?.querySelectorAll<HTMLElement>(".ag-row[row-index]") ?? []) {
        markRow(element, marked.getDisplayedRowAtIndex(Number(element.getAttribute("row-index"))), marks);
      }
    },
    [marksOf],
  );
  const focus = useGridFocus({ frame, latest, anchor });
  const stretches = useStretches(latest, anchor);
  const { onCellKeyDown, onCellClicked } = useCellActs(latest, stretches);
  const { columnDefs, headers } = useColumnDefs(props, latest, grid, stretches);
  const firstDefs = useRef(columnDefs);
  firstDefs.current = columnDefs;
  useImperativeHandle(props.handle, () => ({ focus: () => grid.current && focus.take(grid.current) }), [
    focus,
  ]);

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
        focusGridInnerElement: ({ api: entered }) => focus.comeBack(entered),
        tabToNextCell: () => false,
        tabToNextHeader: () => false,
        processRowPostCreate: ({ eRow, node }) => markRow(eRow, node, marksOf()),
        onGridReady: ({ api: ready }) => {
          // Known from the first block, so that a screen reader hears the true number of rows.
          ready.setRowCount(latest.current.total, true);
        },
        onModelUpdated: ({ api: updated }) => {
          markRows(updated);
          focus.onRows(updated);
        },
        onCellFocused: focus.onCellFocused,
        onCellKeyDown,
        onCellClicked,
        onCellMouseOver: (event) => {
          clearTimeout(resting);
          resting = setTimeout(() => tellWhole(event, latest.current.columns), POINTER_RESTS_MS);
        },
        onColumnResized: ({ api: resized, finished, source, column }) => {
          if (finished && column && (source === "uiColumnResized" || source === "autosizeColumns"))
            onArranged(latest.current, resized, column.getColId());
        },
        onColumnMoved: ({ api: moving, finished }) => finished && onArranged(latest.current, moving, null),
        onDragStopped: ({ api: moving }) => onArranged(latest.current, moving, null),
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
    focus.stay();
    anchor.current = null;
    api.refreshInfiniteCache();
  }, [api, props.question, props.version, focus]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what it marks
  useEffect(() => {
    if (!api || api.isDestroyed()) return;
    markRows(api);
  }, [api, props.active, props.selecting?.value, props.total, markRows]);

  // Every time: what headers say hangs on functions of the place.
  useEffect(() => {
    for (const header of headers) header.draw();
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
    if (closed && api && document.activeElement === document.body) focus.comeBack(api);
  }, [api, props.active, focus]);

  const pinned = props.shown.some((column) => column.pinned);
  return <div className={classes.frame} data-pinned={pinned || undefined} ref={frame} />;
}
