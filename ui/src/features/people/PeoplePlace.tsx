// People: everyone the key may see, from the mirror, from a past sync or live.
import { IconDatabaseOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type {
  Connection,
  PersonColumn,
  PersonRow,
  RecentQuestion,
  Source,
  ViewColumn,
} from "../../generated/types";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useAct } from "../../shared/errors/notify";
import type { Remedies } from "../../shared/errors/remedies";
import { useFormat } from "../../shared/format/useFormat";
import { Grid } from "../../shared/grid/Grid";
import { SkeletonRows } from "../../shared/grid/SkeletonRows";
import { NOBODY, selectedOf } from "../../shared/grid/selection";
import { sortedBy } from "../../shared/grid/sorting";
import { useAction } from "../../shared/keys/useAction";
import { useLatestSync } from "../../shared/reads/app";
import { renewMirror, startSync } from "../../shared/reads/sync";
import { useWorkspace } from "../../shared/reads/workspace";
import { announce } from "../../shared/states/announce";
import { ErrorState } from "../../shared/states/ErrorState";
import { FirstSync } from "../../shared/states/FirstSync";
import { showNotice } from "../../shared/states/notice";
import layout from "../../shared/states/Place.module.css";
import { openConnectionDialog } from "../connections/dialogs";
import { FacetsPanel } from "../facets/FacetsPanel";
import { afterClick } from "../facets/narrow";
import { QueryBar } from "../query/QueryBar";
import { EVERYBODY, withoutLast, withReading } from "../query/query";
import { readFilter } from "../query/reads";
import { ExportDialog } from "../taking/ExportDialog";
import { SelectionBar } from "../taking/SelectionBar";
import { useTaking } from "../taking/useTaking";
import { asRead } from "../views/views";
import { CompareQuestions } from "./CompareQuestions";
import { peopleColumns, REASON } from "./columns";
import { NobodyMatches } from "./NobodyMatches";
import { PastBanner, PastPanel, syncsOf } from "./PastPanel";
import { PeopleActions } from "./PeopleActions";
import { PeopleHeader } from "./PeopleHeader";
import { PersonDrawer } from "./PersonDrawer";
import { usePeopleRows } from "./usePeopleRows";
import { useSelection } from "./useSelection";
import { asAsked, narrowedBy, type Panels, readView, withQuestion } from "./view";

export function PeoplePlace({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const format = useFormat();
  const act = useAct();
  const [view, change] = useWorkspace(connection.id, "people", readView);
  const [person, setPerson] = useState<number | null>(null);
  const [exporting, setExporting] = useState(false);
  const [comparing, setComparing] = useState(false);
  const job = useLatestSync(connection.id);
  const live = view.source === "live";
  const unreadable = live ? null : connection.mirror_error;
  const neverSynced = connection.mirror.last_sync === null;
  const { rows, who, sort } = usePeopleRows(view, connection.id, live || (!unreadable && !neverSynced));
  const { answer } = rows;

  const dropped = useCallback(() => {
    announce(t("selection.dropped"));
    showNotice({ tone: "done", title: t("selection.dropped"), message: t("selection.dropped_why") });
  }, [t]);
  const [selection, select] = useSelection(JSON.stringify(who), dropped);
  const selected = selectedOf(selection, answer?.total ?? 0);
  const taking = useTaking({ connection, view, who, sort, selection });

  const sync = useCallback(() => act(() => startSync(connection.id)), [act, connection.id]);
  const setSource = useCallback(
    (source: Source) => change((now) => ({ ...now, source, as_of: null })),
    [change],
  );
  const arrange = useCallback(
    (panels: Partial<Panels>) => change((now) => ({ ...now, panels: { ...now.panels, ...panels } })),
    [change],
  );
  const clear = useCallback(
    () =>
      change((now) => withQuestion({ ...now, search: "", truth: "matching" }, { ...now.query, ...nothing })),
    [change],
  );
  /** Asks a question that was not typed: read first, so that it is asked as it is written. */
  const askText = useCallback(
    (text: string, more: { source?: Source } = {}) =>
      act(async () => {
        const reading = await readFilter(connection.id, "text", text);
        change((now) =>
          withQuestion({ ...now, ...more, truth: "matching" }, asRead(now.query, text, reading)),
        );
      }),
    [act, change, connection.id],
  );
  const pickFacet = useCallback(
    (clause: string, wanted: "in" | "out") => askText(afterClick(view.asked.text, clause, wanted)),
    [askText, view.asked.text],
  );
  const shorter = view.asked.filter === null ? null : withoutLast(view.asked.filter);
  const dropLast = () =>
    act(async () => {
      if (shorter === null) return;
      const reading = await readFilter(connection.id, "json", shorter);
      change((now) => withQuestion(now, withReading(now.query, reading)));
    });
  const again = ({ text, source }: RecentQuestion) => askText(text, { source });
  const past = useCallback((as_of: number | null) => change((now) => ({ ...now, as_of })), [change]);
  const togglePast = () =>
    change((now) => {
      const open = !now.panels.past;
      const source = open ? "mirror" : now.source;
      return { ...now, source, panels: { ...now.panels, past: open } };
    });
  const togglePossible = () =>
    change((now) => ({ ...now, truth: now.truth === "possible" ? "matching" : "possible" }));
  const close = useCallback(() => setPerson(null), []);
  const open = useCallback((row: PersonRow) => setPerson(row.id), []);
  const refresh = live ? rows.again : sync;
  useAction("refresh", refresh);
  useAction("facets", () => arrange({ facets: !view.panels.facets }));
  useAction("as_of", togglePast);
  useAction("possible", (answer?.possible ?? 0) > 0 || view.truth === "possible" ? togglePossible : null);
  useAction("compare", neverSynced ? null : () => setComparing(true));
  useAction("export", answer ? () => setExporting(true) : null);
  useAction("close", person !== null ? close : selected > 0 ? () => select(NOBODY) : null);

  // A mirror that was made anew has other syncs.
  const syncs = useQuery({ ...syncsOf(connection.id), enabled: view.as_of !== null });
  const then = syncs.data?.find(({ id }) => id === view.as_of);
  useEffect(() => {
    if (view.as_of !== null && syncs.data && !then) past(null);
  }, [view.as_of, syncs.data, then, past]);

  const possibleShown = view.truth === "possible";
  const words = (key: "count" | "possible_count", n: number) =>
    t(`people.${key}`, { count: n, n: format.number(n) });
  const count =
    answer && (possibleShown ? words("possible_count", answer.possible) : words("count", answer.matching));
  useEffect(() => {
    if (count && !rows.stale) announce(count);
  }, [count, rows.stale]);

  const narrowed = narrowedBy(view);
  const remedies: Remedies = {
    try_again: rows.again,
    use_mirror: live && !neverSynced ? () => setSource("mirror") : undefined,
    new_secret: () => openConnectionDialog({ kind: "secret", connection: connection.id }),
    test_key: () => openConnectionDialog({ kind: "test", connection: connection.id }),
    sync,
    set_aside: () => act(() => renewMirror(connection.id)),
    clear: narrowed ? clear : undefined,
    cleared: narrowed ?? undefined,
  };
  const columns = useMemo(() => peopleColumns(connection, t, format), [connection, t, format]);
  const shown = useMemo(
    () => (possibleShown ? withReason(view.columns) : view.columns),
    [possibleShown, view.columns],
  );
  const boxLabel = useCallback((row: PersonRow) => t("selection.row", { name: row.name }), [t]);
  const body = useRef<HTMLDivElement>(null);
  const toRows = () => body.current?.querySelector<HTMLElement>(".ag-cell")?.focus();

  return (
    <section className={layout.place} aria-label={t("places.people")}>
      <PeopleHeader
        connection={connection}
        view={view}
        change={change}
        count={count}
        matching={answer?.matching ?? 0}
        possible={answer?.possible ?? 0}
        busy={rows.loading}
        onRefresh={refresh}
        onPast={togglePast}
        onPossible={togglePossible}
      />
      <QueryBar
        connection={connection}
        source={view.source}
        query={view.query}
        onChange={(query) => change((now) => ({ ...now, query }))}
        onRun={(query) => change((now) => ({ ...now, query, asked: asAsked(query), truth: "matching" }))}
        result={answer ? { filter: view.asked.filter, busy: rows.loading && rows.stale } : null}
        onLeave={toRows}
        actions={
          <PeopleActions
            connection={connection}
            shown={view.columns}
            facets={view.panels.facets}
            onShown={(next) => change((now) => ({ ...now, columns: next }))}
            onFacets={() => arrange({ facets: !view.panels.facets })}
            onAsk={again}
            onCompare={() => setComparing(true)}
            onExport={() => setExporting(true)}
          />
        }
      />
      {view.panels.past && !live && (
        <PastPanel who={who} onPast={past} onClose={() => arrange({ past: false })} />
      )}
      {then && <PastBanner at={then.at} onNow={() => past(null)} />}
      {rows.error && answer && (
        <div className={layout.banner}>
          <ErrorBanner error={rows.error} remedies={remedies} />
        </div>
      )}
      <div className={layout.split}>
        {view.panels.facets && !unreadable && !neverSynced && (
          <FacetsPanel
            who={live ? { ...who, source: "mirror" } : who}
            text={view.asked.text}
            side={view.panels.side}
            folded={view.panels.folded}
            note={live ? t("facets.of_mirror") : null}
            onSide={(side) => arrange({ side })}
            onFold={(by, folded) =>
              arrange({
                folded: folded
                  ? [...view.panels.folded, by]
                  : view.panels.folded.filter((other) => other !== by),
              })
            }
            onClose={() => arrange({ facets: false })}
            onPick={pickFacet}
          />
        )}
        <div className={layout.body} aria-busy={rows.loading} ref={body}>
          {unreadable ? (
            <ErrorState error={unreadable} remedies={remedies} />
          ) : !live && neverSynced ? (
            <FirstSync job={job} onSync={sync} icon={<IconDatabaseOff size={26} stroke={1.6} />} />
          ) : answer ? (
            <>
              <div className={layout.rows}>
                <Grid
                  label={t("places.people")}
                  columns={columns}
                  shown={shown}
                  onShown={(next) =>
                    change((now) => ({ ...now, columns: next.filter(({ id }) => id !== REASON) }))
                  }
                  movable
                  question={rows.shownQuestion}
                  version={rows.version}
                  total={answer.total}
                  ask={rows.askBlock}
                  sort={{
                    keys: sort,
                    onSort: (by, added) =>
                      change((now) => ({ ...now, sort: sortedBy(now.sort, by as PersonColumn, added) })),
                    refusal: (by) => refusalOf(by, live, t),
                  }}
                  selecting={{
                    value: selection,
                    onChange: select,
                    label: boxLabel,
                    labelOfAll: t("selection.loaded"),
                    onTooLong: (count) =>
                      showNotice({
                        tone: "warn",
                        title: t("selection.too_long", { count, n: format.number(count) }),
                        message: t("selection.too_long_text"),
                      }),
                    onCopy: () => selected > 0 && taking.copy("csv"),
                  }}
                  active={person}
                  onOpen={open}
                  onClose={close}
                  onError={rows.setBlockError}
                />
                {answer.total === 0 && !rows.stale && (
                  <div className={layout.cover}>
                    <NobodyMatches
                      narrowed={narrowed}
                      possible={possibleShown ? 0 : answer.possible}
                      onClear={clear}
                      onDropLast={shorter === null ? null : dropLast}
                      onPossible={togglePossible}
                    />
                  </div>
                )}
              </div>
              <SelectionBar
                selection={selection}
                total={answer.total}
                onSelection={select}
                onClear={() => select(NOBODY)}
                onCopy={taking.copy}
                onExport={() => setExporting(true)}
              />
            </>
          ) : rows.error ? (
            <ErrorState error={rows.error} remedies={remedies} />
          ) : (
            <SkeletonRows />
          )}
        </div>
        {person !== null && !(rows.error && !answer) && (
          <PersonDrawer
            connection={connection}
            who={who}
            id={person}
            onClose={close}
            onEdit={askText}
            remedies={remedies}
            told={rows.error?.code}
          />
        )}
      </div>
      <CompareQuestions
        opened={comparing}
        onClose={() => setComparing(false)}
        who={live ? { ...who, source: "mirror" } : who}
        text={view.asked.text}
        onShow={(reading) =>
          change((now) => withQuestion({ ...now, truth: "matching" }, withReading(now.query, reading)))
        }
      />
      {answer && (
        <ExportDialog
          opened={exporting}
          onClose={() => setExporting(false)}
          selected={selected}
          total={answer.total}
          columns={taking.headings}
          connection={connection.name}
          onExport={taking.write}
        />
      )}
    </section>
  );
}

const { text, filter, json } = EVERYBODY;
/** What of the bar a cleared question changes: not its face. */
const nothing = { text, filter, json };

/** The columns with the one that says why somebody is only possible, behind the first. */
const withReason = ([first, ...rest]: readonly ViewColumn[]): ViewColumn[] => {
  const reason = { id: REASON, width: null, pinned: first?.pinned ?? false };
  return first ? [first, reason, ...rest] : [reason];
};

type Translate = ReturnType<typeof useTranslation>["t"];

const SORTED: readonly string[] = [
  "id",
  "name",
  "organization",
  "role",
  "created_at",
  "updated_at",
  "last_changed",
];

/** Why rows cannot be sorted by a column; null if they can. */
function refusalOf(by: string, live: boolean, t: Translate): string | null {
  if (live) return by === "id" ? null : t("people.sort_live");
  return SORTED.includes(by) ? null : t("people.sort_not");
}
