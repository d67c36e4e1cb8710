// People: everyone the key may see, from the mirror or live.
import { Button } from "@mantine/core";
import { IconDatabaseOff, IconUserSearch } from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, PersonRow, Source } from "../../generated/types";
import { call } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useAct } from "../../shared/errors/notify";
import type { Remedies } from "../../shared/errors/remedies";
import { useFormat } from "../../shared/format/useFormat";
import { BLOCK } from "../../shared/grid/blocks";
import { Grid } from "../../shared/grid/Grid";
import { SkeletonRows } from "../../shared/grid/SkeletonRows";
import { useRows } from "../../shared/grid/useRows";
import { useAction } from "../../shared/keys/useAction";
import { useLatestJob } from "../../shared/reads/app";
import { keys } from "../../shared/reads/keys";
import { renewMirror, startSync } from "../../shared/reads/sync";
import { useWorkspace } from "../../shared/reads/workspace";
import { announce } from "../../shared/states/announce";
import { ErrorState } from "../../shared/states/ErrorState";
import { FirstSync } from "../../shared/states/FirstSync";
import layout from "../../shared/states/Place.module.css";
import { PlaceState } from "../../shared/states/PlaceState";
import { openConnectionDialog } from "../connections/dialogs";
import { peopleColumns } from "./columns";
import { PeopleChips } from "./PeopleChips";
import { PeopleToolbar } from "./PeopleToolbar";
import { PersonDrawer } from "./PersonDrawer";
import { narrowedBy, type PeopleSort, readView, sortAfterClick, toQuestion } from "./view";

export function PeoplePlace({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const format = useFormat();
  const act = useAct();
  const [view, change] = useWorkspace(connection.id, "people", readView);
  const [person, setPerson] = useState<number | null>(null);
  const job = useLatestJob(connection.id);
  const unreadable = view.source === "mirror" ? connection.mirror_error : null;
  const neverSynced = connection.mirror.last_sync === null;

  const question = useMemo(() => toQuestion(view, connection.id), [view, connection.id]);
  const name = JSON.stringify(question);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `name` is the question, as a value
  const page = useCallback((offset: number) => ({ ...question, offset, limit: BLOCK }), [name]);
  const rows = useRows({
    name,
    origin: view.source,
    keyOf: useCallback((offset: number) => keys.people(page(offset)), [page]),
    ask: useCallback((offset: number) => call("people_query", page(offset)), [page]),
    enabled: view.source === "live" || (!unreadable && !neverSynced),
  });

  const sync = useCallback(() => act(() => startSync(connection.id)), [act, connection.id]);
  const setSource = useCallback((source: Source) => change((now) => ({ ...now, source })), [change]);
  const clear = useCallback(
    () => change((now) => ({ ...now, search: "", seen: "present", organization: null })),
    [change],
  );
  const close = useCallback(() => setPerson(null), []);
  const open = useCallback((row: PersonRow) => setPerson(row.id), []);
  useAction("refresh", view.source === "live" ? rows.again : sync);

  useAction("close", person === null ? null : close);

  const { answer } = rows;
  const count = answer && t("people.count", { count: answer.total, n: format.number(answer.total) });
  useEffect(() => {
    if (count && !rows.stale) announce(count);
  }, [count, rows.stale]);

  const narrowed = narrowedBy(question);
  const remedies: Remedies = {
    try_again: rows.again,
    use_mirror: view.source === "live" && !neverSynced ? () => setSource("mirror") : undefined,
    new_secret: () => openConnectionDialog({ kind: "secret", connection: connection.id }),
    test_key: () => openConnectionDialog({ kind: "test", connection: connection.id }),
    sync,
    set_aside: () => act(() => renewMirror(connection.id)),
    clear: narrowed ? clear : undefined,
    cleared: narrowed ?? undefined,
  };
  const columns = useMemo(() => peopleColumns(t, format), [t, format]);
  const firstSync = view.source === "mirror" && neverSynced;

  return (
    <section className={layout.place} aria-label={t("places.people")}>
      <PeopleToolbar
        connection={connection}
        view={view}
        change={change}
        count={count}
        possible={answer?.possible ?? 0}
        busy={rows.loading}
        onRefresh={view.source === "live" ? rows.again : sync}
      />
      <PeopleChips connection={connection} view={view} change={change} />
      {rows.error && answer && (
        <div className={layout.banner}>
          <ErrorBanner error={rows.error} remedies={remedies} />
        </div>
      )}
      <div className={layout.split}>
        <div className={layout.body} aria-busy={rows.loading}>
          {unreadable ? (
            <ErrorState error={unreadable} remedies={remedies} />
          ) : firstSync ? (
            <FirstSync job={job} onSync={sync} icon={<IconDatabaseOff size={26} stroke={1.6} />} />
          ) : answer ? (
            <>
              <Grid
                label={t("places.people")}
                columns={columns}
                question={rows.shownQuestion}
                version={rows.version}
                total={answer.total}
                ask={rows.askBlock}
                sort={{
                  ...question.sort,
                  onSort: (by) =>
                    change((now) => ({
                      ...now,
                      sort: { by: by as PeopleSort, direction: sortAfterClick(question.sort, by) },
                    })),
                  refusal: (by) => (view.source === "live" && by !== "id" ? t("people.sort_live") : null),
                }}
                widths={view.widths}
                onWidths={(widths) => change((now) => ({ ...now, widths }))}
                active={person}
                onOpen={open}
                onClose={close}
                onError={rows.setBlockError}
              />
              {answer.total === 0 && !rows.stale && (
                <div className={layout.cover}>
                  <PlaceState
                    icon={<IconUserSearch size={26} stroke={1.6} />}
                    title={narrowed ? t("people.nothing_matches") : t("people.nobody")}
                    body={narrowed ? t(`people.nothing_matches_text.${narrowed}`) : t("people.nobody_text")}
                    button={narrowed && <Button onClick={clear}>{t(`remedies.clear.${narrowed}`)}</Button>}
                  />
                </div>
              )}
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
            source={view.source}
            id={person}
            onClose={close}
            remedies={remedies}
            told={rows.error?.code}
          />
        )}
      </div>
    </section>
  );
}
