// People: everyone the key may see, from the mirror, from a past sync or live.
import { IconDatabaseOff } from "@tabler/icons-react";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection } from "../../generated/types";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useAct } from "../../shared/errors/notify";
import type { Remedies } from "../../shared/errors/remedies";
import type { GridHandle } from "../../shared/grid/props";
import { SkeletonRows } from "../../shared/grid/SkeletonRows";
import { NOBODY, selectedOf } from "../../shared/grid/selection";
import { useAction } from "../../shared/keys/useAction";
import { useLeavingFocus } from "../../shared/keys/useLeavingFocus";
import { useLatestSync } from "../../shared/reads/app";
import { renewMirror, startSync } from "../../shared/reads/sync";
import { useWorkspace } from "../../shared/reads/workspace";
import { ErrorState } from "../../shared/states/ErrorState";
import { FirstSync } from "../../shared/states/FirstSync";
import layout from "../../shared/states/Place.module.css";
import { targetsOf } from "../acts/bulk";
import { openActForm } from "../acts/dialogs";
import type { Part } from "../acts/intents";
import { openConnectionDialog } from "../connections/dialogs";
import { FacetsPanel } from "../facets/FacetsPanel";
import { useNarrowing } from "../facets/useNarrowing";
import { useTaking } from "../taking/useTaking";
import { PastBanner, PastPanel } from "./PastPanel";
import { PeopleBar } from "./PeopleBar";
import { type PeopleDialog, PeopleDialogs } from "./PeopleDialogs";
import { PeopleHeader } from "./PeopleHeader";
import { PeopleRows } from "./PeopleRows";
import { PersonDrawer } from "./PersonDrawer";
import { usePastSync } from "./usePastSync";
import { usePeopleCount } from "./usePeopleCount";
import { usePeopleRows } from "./usePeopleRows";
import { useQuestionActs } from "./useQuestionActs";
import { useSelection } from "./useSelection";
import { narrowedBy, readView, selectedWho } from "./view";

export function PeoplePlace({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const act = useAct();
  const [view, change] = useWorkspace(connection.id, "people", readView);
  const acts = useQuestionActs(connection.id, view, change);
  const narrow = useNarrowing(connection.id, view.query.text, change);
  const [person, setPerson] = useState<number | null>(null);
  const [dialog, setDialog] = useState<PeopleDialog>(null);
  const job = useLatestSync(connection.id);
  const live = view.source === "live";
  const unreadable = live ? null : connection.mirror_error;
  const neverSynced = connection.mirror.last_sync === null;
  const readable = live || (!unreadable && !neverSynced);
  const { rows, who, sort, shown, asking } = usePeopleRows(view, connection.id, readable);
  const { answer } = rows;
  /** What only the mirror can answer is asked of it while the rows are live. */
  const mirrored = live ? { ...who, source: "mirror" as const } : who;

  const [selection, select] = useSelection(JSON.stringify(shown.who));
  const selected = answer ? selectedOf(selection, answer.total) : 0;
  const taking = useTaking({ shown, columns: view.columns, selection });

  const changeSelected = (part: Part) =>
    act(async () => {
      const targets = await targetsOf(selectedWho(shown.who, selection));
      openActForm({ connection: connection.id, act: "user.update", targets, part });
    });

  const sync = () => act(() => startSync(connection.id));
  const refresh = live ? rows.again : sync;
  const possibleShown = view.truth === "possible";
  const { facets, past, side, folded } = view.panels;
  useAction("refresh", refresh);
  useAction("facets", () => acts.arrange({ facets: !facets }));
  const pastOpened = useRef(false);
  const togglePast = () => {
    pastOpened.current = true;
    acts.togglePast();
  };
  useAction("as_of", togglePast);
  useAction("possible", (answer?.possible ?? 0) > 0 || possibleShown ? acts.togglePossible : null);
  const noCopy = neverSynced ? t("errors.never_synced.title") : null;
  const refused =
    (live ? null : noCopy) ?? (rows.error ? t(`errors.${rows.error.code}.title`) : t("loading"));
  const noRows = answer ? null : unreadable ? t(`errors.${unreadable.code}.title`) : refused;
  useAction("compare", noCopy ? null : () => setDialog("compare"));
  useAction("export", noRows ? null : () => setDialog("export"));
  useAction("close", person !== null ? () => setPerson(null) : selected > 0 ? () => select(NOBODY) : null);

  const then = usePastSync(connection.id, view.as_of, acts.past);
  const count = usePeopleCount(answer, shown.who.truth, rows.stale);

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
  const grid = useRef<GridHandle>(null);
  const toRows = useCallback(() => grid.current?.focus(), []);
  const leaving = useLeavingFocus(toRows);

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
        onPossible={acts.togglePossible}
      />
      <PeopleBar
        connection={connection}
        source={view.source}
        query={view.query}
        columns={view.columns}
        change={change}
        asked={view.asked.filter}
        answered={answer !== null}
        asking={asking}
        facets={facets}
        onArrange={acts.arrange}
        onAsk={acts.askAgain}
        onDialog={setDialog}
        compareRefusal={noCopy}
        exportRefusal={noRows}
        toRows={toRows}
      />
      {past && !live && (
        <div ref={leaving}>
          <PastPanel
            who={who}
            opened={pastOpened.current}
            onPast={acts.past}
            onClose={() => acts.arrange({ past: false })}
          />
        </div>
      )}
      {then && !live && (
        <div ref={leaving}>
          <PastBanner at={then.at} onNow={() => acts.past(null)} />
        </div>
      )}
      {rows.error && answer && (
        <div className={layout.banner} ref={leaving}>
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
            onPick={narrow}
            toRows={toRows}
          />
        )}
        <div className={layout.body} aria-busy={rows.loading}>
          {unreadable ? (
            <ErrorState error={unreadable} remedies={remedies} />
          ) : !live && neverSynced ? (
            <FirstSync job={job} onSync={sync} icon={<IconDatabaseOff size={26} stroke={1.6} />} />
          ) : answer ? (
            <PeopleRows
              grid={grid}
              connection={connection}
              view={view}
              change={change}
              rows={rows}
              answer={answer}
              possible={shown.who.truth === "possible"}
              sort={sort}
              selection={selection}
              onSelection={select}
              person={person}
              onPerson={setPerson}
              onCopy={taking.copy}
              onExport={() => setDialog("export")}
              onChange={changeSelected}
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
      <PeopleDialogs
        opened={dialog}
        onClose={() => setDialog(null)}
        connection={connection}
        who={mirrored}
        text={view.asked.text}
        onShow={acts.show}
        taking={taking}
        selected={selected}
        total={answer?.total ?? null}
        possible={shown.who.truth === "possible"}
      />
    </section>
  );
}
