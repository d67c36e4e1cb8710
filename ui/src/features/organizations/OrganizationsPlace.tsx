// Organizations: those the key may see, with their identifiers; each leads to its people.
import { Button } from "@mantine/core";
import { IconBuildingOff, IconDatabaseOff } from "@tabler/icons-react";
import { useCallback, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, OrganizationRow, Source } from "../../generated/types";
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
import { useLatestSync } from "../../shared/reads/app";
import { keys } from "../../shared/reads/keys";
import { renewMirror, startSync } from "../../shared/reads/sync";
import { useWorkspace } from "../../shared/reads/workspace";
import { announce } from "../../shared/states/announce";
import { ErrorState } from "../../shared/states/ErrorState";
import { FirstSync } from "../../shared/states/FirstSync";
import layout from "../../shared/states/Place.module.css";
import { PlaceHeader } from "../../shared/states/PlaceHeader";
import { PlaceState } from "../../shared/states/PlaceState";
import { QuickSearch } from "../../shared/states/QuickSearch";
import { RefreshButton } from "../../shared/states/RefreshButton";
import { SourceSwitch } from "../../shared/states/SourceSwitch";
import { openActDialog } from "../acts/dialogs";
import { OrganizationActs } from "../acts/OrganizationActs";
import { openConnectionDialog } from "../connections/dialogs";
import { useShowPeople } from "../people/useShowPeople";
import { organizationColumns } from "./columns";
import { LIVE_SORTS, type OrganizationsSort, readView, sortedAlone, toQuestion, widthsOf } from "./view";

type Props = { connection: Connection; onPeople: () => void };

export function OrganizationsPlace({ connection, onPeople }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const act = useAct();
  const [view, change] = useWorkspace(connection.id, "organizations", readView);
  const job = useLatestSync(connection.id);
  const unreadable = view.source === "mirror" ? connection.mirror_error : null;
  const neverSynced = connection.mirror.last_sync === null;
  const live = view.source === "live";

  const question = useMemo(() => toQuestion(view, connection.id), [view, connection.id]);
  const name = JSON.stringify(question);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `name` is the question, as a value
  const page = useCallback((offset: number) => ({ ...question, offset, limit: BLOCK }), [name]);
  const rows = useRows({
    name,
    origin: view.source,
    keyOf: useCallback((offset: number) => keys.organizations(page(offset)), [page]),
    ask: useCallback((offset: number) => call("organizations_query", page(offset)), [page]),
    enabled: live || (!unreadable && !neverSynced),
  });

  const sync = useCallback(() => act(() => startSync(connection.id)), [act, connection.id]);
  const setSource = (source: Source) => change((now) => ({ ...now, source }));
  const clear = () => change((now) => ({ ...now, search: "" }));
  useAction("refresh", live ? rows.again : sync);

  const showPeopleOf = useShowPeople(connection.id, onPeople);
  const showPeople = useCallback(({ id }: OrganizationRow) => showPeopleOf(`org:${id}`), [showPeopleOf]);
  const check = useCallback(
    ({ id, name: called }: OrganizationRow) =>
      openActDialog({
        kind: "subscriptions",
        connection: connection.id,
        organizations: [{ id, name: called }],
      }),
    [connection.id],
  );
  const columns = useMemo(
    () => organizationColumns(connection, t, format, check),
    [connection, t, format, check],
  );
  const shown = useMemo(
    () => columns.map(({ id }) => ({ id, width: view.widths[id] ?? null, pinned: false })),
    [columns, view.widths],
  );

  const { answer } = rows;
  const count = answer && t("organizations.count", { count: answer.total, n: format.number(answer.total) });
  useEffect(() => {
    if (count && !rows.stale) announce(count);
  }, [count, rows.stale]);

  const remedies: Remedies = {
    try_again: rows.again,
    use_mirror: live && !neverSynced ? () => setSource("mirror") : undefined,
    new_secret: () => openConnectionDialog({ kind: "secret", connection: connection.id }),
    test_key: () => openConnectionDialog({ kind: "test", connection: connection.id }),
    sync,
    set_aside: () => act(() => renewMirror(connection.id)),
    clear: view.search ? clear : undefined,
    cleared: "search",
  };

  return (
    <section className={layout.place} aria-label={t("places.organizations")}>
      <PlaceHeader title={t("places.organizations")} count={count}>
        <SourceSwitch connection={connection} source={view.source} onSource={setSource} />
        <QuickSearch
          value={view.search}
          onSearch={(search) => change((now) => ({ ...now, search }))}
          placeholder={t("organizations.search")}
          refusal={live ? t("search.live") : null}
          onUseMirror={() => setSource("mirror")}
        />
        <RefreshButton live={live} busy={rows.loading} onRefresh={live ? rows.again : sync} />
        <OrganizationActs connection={connection.id} />
      </PlaceHeader>
      {rows.error && answer && (
        <div className={layout.banner}>
          <ErrorBanner error={rows.error} remedies={remedies} />
        </div>
      )}
      <div className={layout.split}>
        <div className={layout.body} aria-busy={rows.loading}>
          {unreadable ? (
            <ErrorState error={unreadable} remedies={remedies} />
          ) : !live && neverSynced ? (
            <FirstSync job={job} onSync={sync} icon={<IconDatabaseOff size={26} stroke={1.6} />} />
          ) : answer ? (
            <div className={layout.rows}>
              <Grid
                label={t("places.organizations")}
                columns={columns}
                shown={shown}
                onShown={(next) => change((now) => ({ ...now, widths: widthsOf(next) }))}
                question={rows.shownQuestion}
                version={rows.version}
                total={answer.total}
                ask={rows.askBlock}
                sort={{
                  keys: [question.sort],
                  onSort: (by) =>
                    change((now) => ({ ...now, sort: sortedAlone(question.sort, by as OrganizationsSort) })),
                  refusal: (by) =>
                    connection.identifiers.some((kind) => kind === by)
                      ? t("organizations.sort_identifier")
                      : live && !LIVE_SORTS.includes(by)
                        ? t("organizations.sort_live")
                        : null,
                }}
                active={null}
                onOpen={showPeople}
                onClose={() => undefined}
                onError={rows.setBlockError}
              />
              {answer.total === 0 && !rows.stale && (
                <div className={layout.cover}>
                  <PlaceState
                    icon={<IconBuildingOff size={26} stroke={1.6} />}
                    title={view.search ? t("organizations.nothing_matches") : t("organizations.none")}
                    body={
                      view.search ? t("organizations.nothing_matches_text") : t("organizations.none_text")
                    }
                    button={view.search && <Button onClick={clear}>{t("remedies.clear.search")}</Button>}
                  />
                </div>
              )}
            </div>
          ) : rows.error ? (
            <ErrorState error={rows.error} remedies={remedies} />
          ) : (
            <SkeletonRows />
          )}
        </div>
      </div>
    </section>
  );
}
