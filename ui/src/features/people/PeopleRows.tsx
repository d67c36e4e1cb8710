// The rows of People with their boxes, what stands in for them if there are none, and the bar of the selected.
import type { TFunction } from "i18next";
import { type RefObject, useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type {
  Connection,
  CopyFormat,
  PeopleSort,
  PersonColumn,
  PersonRow,
  ViewColumn,
} from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import { Grid } from "../../shared/grid/Grid";
import type { GridHandle } from "../../shared/grid/props";
import { NOBODY, type Selection, selectedOf } from "../../shared/grid/selection";
import { sortedBy } from "../../shared/grid/sorting";
import { useLeavingFocus } from "../../shared/keys/useLeavingFocus";
import { showNotice } from "../../shared/states/notice";
import layout from "../../shared/states/Place.module.css";
import type { Part } from "../acts/intents";
import { SelectionBar } from "../taking/SelectionBar";
import { peopleColumns, REASON } from "./columns";
import { NobodyMatches } from "./NobodyMatches";
import type { PeopleBlock, PeopleRows as Rows } from "./usePeopleRows";
import { narrowedBy, type PeopleView, SORTS } from "./view";

type Props = {
  grid: RefObject<GridHandle | null>;
  connection: Connection;
  view: PeopleView;
  change: (update: (view: PeopleView) => PeopleView) => void;
  rows: Rows;
  answer: PeopleBlock;
  /** The rows are those who may match, not those who do. */
  possible: boolean;
  sort: PeopleSort[];
  selection: Selection;
  onSelection: (selection: Selection) => void;
  person: number | null;
  onPerson: (id: number | null) => void;
  onCopy: (format: CopyFormat) => void;
  onExport: () => void;
  onChange: (part: Part) => void;
  onClear: () => void;
  onDropLast: (() => void) | null;
  onPossible: () => void;
};

export function PeopleRows(props: Props) {
  const { grid, connection, view, change, rows, answer, possible, sort } = props;
  const { selection, onSelection, person, onPerson } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useMemo(() => peopleColumns(connection, t, format), [connection, t, format]);
  const shown = useMemo(() => (possible ? withReason(view.columns) : view.columns), [possible, view.columns]);
  const toRows = () => grid.current?.focus();
  const cover = useLeavingFocus(toRows);
  const boxLabel = useCallback((row: PersonRow) => t("selection.row", { name: row.name }), [t]);
  const tooLong = (count: number) =>
    showNotice({
      tone: "warn",
      title: t("selection.too_long", { count, n: format.number(count) }),
      message: t("selection.too_long_text"),
    });
  return (
    <>
      <div className={layout.rows}>
        <Grid
          handle={grid}
          label={t("places.people")}
          columns={columns}
          shown={shown}
          onShown={(next) => change((now) => ({ ...now, columns: next.filter(({ id }) => id !== REASON) }))}
          movable
          question={rows.shownQuestion}
          version={rows.version}
          total={answer.total}
          ask={rows.askBlock}
          sort={{
            keys: sort,
            onSort: (by, added) =>
              change((now) => ({ ...now, sort: sortedBy(now.sort, by as PersonColumn, added) })),
            refusal: (by) => refusalOf(by, view.source === "live", t),
          }}
          selecting={{
            value: selection,
            onChange: onSelection,
            label: boxLabel,
            labelOfAll: t("selection.loaded"),
            onTooLong: tooLong,
            onCopy: () => selectedOf(selection, answer.total) > 0 && props.onCopy("csv"),
          }}
          active={person}
          onOpen={({ id }) => onPerson(id)}
          onClose={() => onPerson(null)}
          onError={rows.setBlockError}
        />
        {answer.total === 0 && !rows.stale && (
          <div className={layout.cover} ref={cover}>
            <NobodyMatches
              narrowed={narrowedBy(view)}
              possible={possible ? 0 : answer.possible}
              onClear={props.onClear}
              onDropLast={props.onDropLast}
              onPossible={props.onPossible}
            />
          </div>
        )}
      </div>
      <SelectionBar
        selection={selection}
        total={answer.total}
        onSelection={onSelection}
        onClear={() => onSelection(NOBODY)}
        toRows={toRows}
        onCopy={props.onCopy}
        onExport={props.onExport}
        onChange={props.onChange}
      />
    </>
  );
}

/** The columns with the one that says why somebody is only possible, behind the first. */
const withReason = ([first, ...rest]: readonly ViewColumn[]): ViewColumn[] => {
  const reason = { id: REASON, width: null, pinned: first?.pinned ?? false };
  return first ? [first, reason, ...rest] : [reason];
};

/** Why rows cannot be sorted by a column; null if they can. */
function refusalOf(by: string, live: boolean, t: TFunction): string | null {
  if (live) return by === "id" ? null : t("people.sort_live");
  return SORTS.some((column) => column === by) ? null : t("people.sort_not");
}
