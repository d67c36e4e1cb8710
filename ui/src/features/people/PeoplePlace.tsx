// People: everyone the key may see, from the mirror, from a past sync or live.
import { IconDatabaseOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection } from "../../generated/types";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useAct } from "../../shared/errors/notify";
import type { Remedies } from "../../shared/errors/remedies";
import { useFormat } from "../../shared/format/useFormat";
import { SkeletonRows } from "../../shared/grid/SkeletonRows";
import { NOBODY, selectedOf } from "../../shared/grid/selection";
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
import { QueryBar } from "../query/QueryBar";
import { ExportDialog } from "../taking/ExportDialog";
import { useTaking } from "../taking/useTaking";
import { CompareQuestions } from "./CompareQuestions";
import { PastBanner, PastPanel, syncsOf } from "./PastPanel";
import { PeopleActions } from "./PeopleActions";
import { PeopleHeader } from "./PeopleHeader";
import { PeopleRows } from "./PeopleRows";
import { PersonDrawer } from "./PersonDrawer";
import { usePeopleRows } from "./usePeopleRows";
import { useQuestionActs } from "./useQuestionActs";
import { useSelection } from "./useSelection";
import { asAsked, narrowedBy, readView } from "./view";

export function PeoplePlace({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const format = useFormat();
  const act = useAct();
  const [view, change] = useWorkspace(connection.id, "people", readView);
  const acts = useQuestionActs(connection.id, view, change);
  const [person, setPerson] = useState<number | null>(null);
  const [exporting, setExporting] = useState(false);
  const [comparing, setComparing] = useState(false);
  const job = useLatestSync(connection.id);
  const live = view.source === "live";
  const unreadable = live ? null : connection.mirror_error;
  const neverSynced = connection.mirror.last_sync === null;
  const { rows, who, sort, asking } = usePeopleRows(
    view,
    connection.id,
    live || (!unreadable && !neverSynced),
  );
  const { answer } = rows;
  const hasAnswer = answer !== null;
  /** What only the mirror can answer is asked of it while the rows are live. */
  const mirrored = live ? { ...who, source: "mirror" as const } : who;

  const dropped = useCallback(() => {
    announce(t("selection.dropped"));
    showNotice({ tone: "done", title: t("selection.dropped"), message: t("selection.dropped_why") });
  }, [t]);
  const [selection, select] = useSelection(JSON.stringify(who), dropped);
  const selected = selectedOf(selection, answer?.total ?? 0);
  const taking = useTaking({ connection, view, who, sort, selection });

  const sync = () => act(() => startSync(connection.id));
  const refresh = live ? rows.again : sync;
  const possibleShown = view.truth === "possible";
  const { facets, past, side, folded } = view.panels;
  useAction("refresh", refresh);
  useAction("facets", () => acts.arrange({ facets: !facets }));
  useAction("as_of", acts.togglePast);
  useAction("possible", (answer?.possible ?? 0) > 0 || possibleShown ? acts.togglePossible : null);
  useAction("compare", neverSynced ? null : () => setComparing(true));
  useAction("export", answer ? () => setExporting(true) : null);
  useAction("close", person !== null ? () => setPerson(null) : selected > 0 ? () => select(NOBODY) : null);

  // A mirror that was made anew has other syncs.
  const syncs = useQuery({ ...syncsOf(connection.id), enabled: view.as_of !== null });
  const then = syncs.data?.find(({ id }) => id === view.as_of);
  useEffect(() => {
    if (view.as_of !== null && syncs.data && !then) acts.past(null);
  }, [view.as_of, syncs.data, then, acts.past]);

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
    use_mirror: live && !neverSynced ? () => acts.setSource("mirror") : undefined,
    new_secret: () => openConnectionDialog({ kind: "secret", connection: connection.id }),
    test_key: () => openConnectionDialog({ kind: "test", connection: connection.id }),
    sync,
    set_aside: () => act(() => renewMirror(connection.id)),
    clear: narrowed ? acts.clear : undefined,
    cleared: narrowed ?? undefined,
  };
  const body = useRef<HTMLDivElement>(null);
  // The bar is much to draw and has nothing to do with quick search, which draws the rest at every key.
  const { arrange, askAgain } = acts;
  const bar = useMemo(
    () => (
      <QueryBar
        connection={connection}
        source={view.source}
        query={view.query}
        onChange={(query) => change((now) => ({ ...now, query }))}
        onRun={(query) => change((now) => ({ ...now, query, asked: asAsked(query), truth: "matching" }))}
        result={hasAnswer ? { filter: view.asked.filter, busy: asking } : null}
        onLeave={() => body.current?.querySelector<HTMLElement>(".ag-cell")?.focus()}
        actions={
          <PeopleActions
            connection={connection}
            shown={view.columns}
            facets={facets}
            onShown={(columns) => change((now) => ({ ...now, columns }))}
            onFacets={() => arrange({ facets: !facets })}
            onAsk={askAgain}
            onCompare={() => setComparing(true)}
            onExport={() => setExporting(true)}
          />
        }
      />
    ),
    [
      connection,
      view.source,
      view.query,
      view.asked.filter,
      view.columns,
      facets,
      asking,
      hasAnswer,
      change,
      arrange,
      askAgain,
    ],
  );

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
        onPast={acts.togglePast}
        onPossible={acts.togglePossible}
      />
      {bar}
      {past && !live && (
        <PastPanel who={who} onPast={acts.past} onClose={() => acts.arrange({ past: false })} />
      )}
      {then && <PastBanner at={then.at} onNow={() => acts.past(null)} />}
      {rows.error && answer && (
        <div className={layout.banner}>
          <ErrorBanner error={rows.error} remedies={remedies} />
        </div>
      )}
      <div className={layout.split}>
        {facets && !unreadable && !neverSynced && (
          <FacetsPanel
            who={mirrored}
            text={view.asked.text}
            side={side}
            folded={folded}
            note={live ? t("facets.of_mirror") : null}
            onArrange={acts.arrange}
            onPick={acts.pickFacet}
          />
        )}
        <div className={layout.body} aria-busy={rows.loading} ref={body}>
          {unreadable ? (
            <ErrorState error={unreadable} remedies={remedies} />
          ) : !live && neverSynced ? (
            <FirstSync job={job} onSync={sync} icon={<IconDatabaseOff size={26} stroke={1.6} />} />
          ) : answer ? (
            <PeopleRows
              connection={connection}
              view={view}
              change={change}
              rows={rows}
              answer={answer}
              sort={sort}
              selection={selection}
              onSelection={select}
              person={person}
              onPerson={setPerson}
              onCopy={taking.copy}
              onExport={() => setExporting(true)}
              onClear={acts.clear}
              onDropLast={acts.dropLast}
              onPossible={acts.togglePossible}
            />
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
            onClose={() => setPerson(null)}
            onEdit={acts.askText}
            remedies={remedies}
            told={rows.error?.code}
          />
        )}
      </div>
      <CompareQuestions
        opened={comparing}
        onClose={() => setComparing(false)}
        who={mirrored}
        text={view.asked.text}
        onShow={acts.show}
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
