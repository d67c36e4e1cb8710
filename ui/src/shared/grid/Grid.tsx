// A table of any length: rows come in blocks as one scrolls, old rows stay until newer ones are there.
import {
  type CellClassParams,
  type CellFocusedEvent,
  type CellKeyDownEvent,
  type CellMouseOverEvent,
  CellStyleModule,
  type ColDef,
  ColumnApiModule,
  type ColumnResizedEvent,
  type GridApi,
  type IDatasource,
  InfiniteRowModelModule,
  LocaleModule,
  RowApiModule,
  type RowClassParams,
  RowSelectionModule,
  RowStyleModule,
  ScrollApiModule,
} from "ag-grid-community";
import { AgGridProvider, AgGridReact } from "ag-grid-react";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError } from "../../generated/types";
import { toApiError } from "../../host";
import { styleNonce } from "../theme/nonce";
import { BLOCK, type Block, blockOffset, rowsFor } from "./blocks";
import classes from "./Grid.module.css";
import { type Sort, SortContext, SortHeader } from "./SortHeader";
import { gridTheme } from "./theme";

const MODULES = [
  InfiniteRowModelModule,
  RowApiModule,
  ScrollApiModule,
  ColumnApiModule,
  RowSelectionModule,
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
  /** Drawn in place of the text, where there is more than text to show. */
  draw?: (row: Row) => ReactNode | null;
};

type Props<Row extends { id: number }> = {
  label: string;
  columns: Column<Row>[];
  /** Names the question; another name starts again at the top. */
  question: string;
  /** Changes whenever rows should be asked again: another question, or newer answers to the same one. */
  version: string;
  total: number;
  ask: (offset: number) => Promise<Block<Row>>;
  sort: Sort;
  widths: Record<string, number>;
  onWidths: (widths: Record<string, number>) => void;
  /** The row whose drawer is open. */
  active: number | null;
  onOpen: (row: Row) => void;
  onClose: () => void;
  onError: (error: ApiError | null) => void;
};

type DrawParams<Row> = { data?: Row; draw: (row: Row) => ReactNode };
const Drawn = <Row,>({ data, draw }: DrawParams<Row>) => (data ? draw(data) : null);

/** A text that is cut off shows whole under the mouse; one that is not has no tooltip. */
function tellWhole({ event, value }: CellMouseOverEvent) {
  const cell = event?.target instanceof Element ? event.target.closest<HTMLElement>(".ag-cell") : null;
  if (!cell) return;
  // A fraction of a pixel is rounded differently by every engine.
  const cut = [cell, ...cell.querySelectorAll("*")].some((part) => part.scrollWidth > part.clientWidth + 1);
  if (cut && typeof value === "string") cell.title = value;
  else cell.removeAttribute("title");
}

function toColDef<Row>(column: Column<Row>, width: number | undefined): ColDef<Row> {
  const toneIs = (tone: Tone) => (params: CellClassParams<Row>) =>
    params.data !== undefined && column.tone?.(params.data) === tone;
  const { draw } = column;
  return {
    colId: column.id,
    headerName: column.header,
    headerComponent: SortHeader,
    initialWidth: width ?? column.width,
    initialFlex: width === undefined && column.grows ? 1 : undefined,
    minWidth: column.grows ? 120 : 72,
    // The text is the value, so that a changed row is a changed value.
    valueGetter: (params) => (params.data ? column.text(params.data) : ""),
    cellClass: column.numeric ? "num" : undefined,
    cellClassRules: column.tone && { unknown: toneIs("unknown"), none: toneIs("none") },
    cellRendererSelector: draw
      ? (params) =>
          params.data && draw(params.data) !== null ? { component: Drawn, params: { draw } } : undefined
      : undefined,
    suppressKeyboardEvent: (params) => params.event.key === " ",
  };
}

export function Grid<Row extends { id: number }>(props: Props<Row>) {
  const { t, i18n } = useTranslation();
  const [api, setApi] = useState<GridApi<Row> | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;

  const datasource = useMemo<IDatasource>(
    () => ({
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
    }),
    [],
  );

  // The drawer follows a person's own steps only: rows that move under the focus never change it.
  const steps = useRef(false);
  const awaited = useRef<number | null>(null);
  const stay = useCallback(() => {
    steps.current = false;
    awaited.current = null;
  }, []);
  useEffect(() => {
    const element = frame.current;
    const onKey = ({ key, target }: KeyboardEvent) => {
      if (MODIFIERS.has(key)) return;
      stay();
      steps.current = STEPS.has(key) && target instanceof Element && target.closest(".ag-cell") !== null;
    };
    element?.addEventListener("keydown", onKey, true);
    window.addEventListener("pointerdown", stay, true);
    return () => {
      element?.removeEventListener("keydown", onKey, true);
      window.removeEventListener("pointerdown", stay, true);
    };
  }, [stay]);

  // Newer rows replace the old ones block by block; another question starts at the top.
  const shown = useRef({ question: props.question, version: props.version });
  useEffect(() => {
    if (!api || shown.current.version === props.version) return;
    if (shown.current.question !== props.question && api.getDisplayedRowCount() > 0)
      api.ensureIndexVisible(0, "top");
    shown.current = { question: props.question, version: props.version };
    stay();
    api.refreshInfiniteCache();
  }, [api, props.question, props.version, stay]);

  const markActive = useCallback((grid: GridApi<Row>) => {
    const { active, onOpen } = latest.current;
    grid.forEachNode((node) => {
      const wanted = active !== null && node.data?.id === active;
      if (node.isSelected() !== wanted) node.setSelected(wanted);
    });
    // A step may have led to a row that was still on its way.
    const row = awaited.current === null ? undefined : grid.getDisplayedRowAtIndex(awaited.current)?.data;
    if (!row) return;
    awaited.current = null;
    if (active !== null && row.id !== active) onOpen(row);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: props.active is what it marks
  useEffect(() => {
    if (api && !api.isDestroyed()) markActive(api);
  }, [api, props.active, markActive]);

  useEffect(() => {
    frame.current?.querySelector('[role="grid"],[role="treegrid"]')?.setAttribute("aria-label", props.label);
  });

  // Tab comes back to the cell that was left; the first time to the first row.
  const left = useRef<{ row: number; column: string } | null>(null);
  const comeBack = useCallback(({ api: grid }: { api: GridApi<Row> }) => {
    const rows = grid.getDisplayedRowCount();
    const column = left.current?.column ?? latest.current.columns[0]?.id;
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

  // A drawer that closes with the focus in it gives the focus back to its row.
  const wasActive = useRef(props.active);
  useEffect(() => {
    const closed = wasActive.current !== null && props.active === null;
    wasActive.current = props.active;
    if (closed && api && document.activeElement === document.body) comeBack({ api });
  }, [api, props.active, comeBack]);

  const onCellFocused = useCallback((event: CellFocusedEvent<Row>) => {
    if (event.rowIndex !== null && event.column && typeof event.column !== "string") {
      left.current = { row: event.rowIndex, column: event.column.getColId() };
    }
    if (latest.current.active === null || event.rowIndex === null || !steps.current) return;
    const row = event.api.getDisplayedRowAtIndex(event.rowIndex)?.data;
    awaited.current = row ? null : event.rowIndex;
    if (row && row.id !== latest.current.active) latest.current.onOpen(row);
  }, []);

  const onCellKeyDown = useCallback((event: CellKeyDownEvent<Row> | { event?: Event | null; data?: Row }) => {
    if (!(event.event instanceof KeyboardEvent)) return;
    if (event.event.key === "Enter" && event.data) latest.current.onOpen(event.data);
    if (event.event.key === "Escape") latest.current.onClose();
  }, []);

  const onColumnResized = useCallback((event: ColumnResizedEvent<Row>) => {
    if (!event.finished || event.source !== "uiColumnResized" || !event.column) return;
    latest.current.onWidths({
      ...latest.current.widths,
      [event.column.getColId()]: Math.round(event.column.getActualWidth()),
    });
  }, []);

  // Widths are read once: afterwards the grid itself is where a person changes them.
  const firstWidths = useRef(props.widths);
  const columnDefs = useMemo(
    () =>
      props.columns.map((column, index) => ({
        ...toColDef(column, firstWidths.current[column.id]),
        // Beyond the last column there is nothing to give to or take from.
        resizable: index < props.columns.length - 1,
      })),
    [props.columns],
  );

  return (
    <div className={classes.frame} ref={frame}>
      <SortContext value={props.sort}>
        <AgGridProvider modules={MODULES}>
          <AgGridReact<Row>
            key={i18n.language}
            theme={gridTheme}
            styleNonce={styleNonce()}
            rowModelType="infinite"
            datasource={datasource}
            cacheBlockSize={BLOCK}
            maxBlocksInCache={HELD_BLOCKS}
            rowBuffer={5}
            blockLoadDebounceMillis={REST_MS}
            infiniteInitialRowCount={Math.max(1, props.total)}
            columnDefs={columnDefs}
            defaultColDef={{ sortable: false, resizable: true, suppressMovable: true }}
            rowSelection={{ mode: "singleRow", checkboxes: false, enableClickSelection: false }}
            getLocaleText={({ key, defaultValue }) =>
              key === "ariaRowSelect" || key === "ariaRowDeselect" || key === "ariaRowToggleSelection"
                ? t("grid.row_keys")
                : defaultValue
            }
            animateRows={false}
            rowClassRules={ROW_CLASSES}
            suppressNoRowsOverlay
            suppressCellFocus={false}
            suppressDragLeaveHidesColumns
            focusGridInnerElement={comeBack}
            tabToNextCell={() => false}
            tabToNextHeader={() => false}
            onGridReady={(event) => {
              // Known from the first block, so that a screen reader hears the true number of rows.
              event.api.setRowCount(latest.current.total, true);
              setApi(event.api);
            }}
            onModelUpdated={(event) => markActive(event.api)}
            onCellFocused={onCellFocused}
            onCellKeyDown={onCellKeyDown}
            onCellClicked={(event) => event.data && latest.current.onOpen(event.data)}
            onCellMouseOver={tellWhole}
            onColumnResized={onColumnResized}
          />
        </AgGridProvider>
      </SortContext>
    </div>
  );
}
