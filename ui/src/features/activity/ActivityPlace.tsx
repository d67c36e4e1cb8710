// Activity: what was done here, by whom, with what answer, and whether the record of it holds.
import { Button } from "@mantine/core";
import { IconFileAlert, IconHistory } from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ActivityEntry, Connection } from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useAct } from "../../shared/errors/notify";
import { RemedyButton } from "../../shared/errors/RemedyButton";
import { useFormat } from "../../shared/format/useFormat";
import { SkeletonRows } from "../../shared/grid/SkeletonRows";
import { useAction } from "../../shared/keys/useAction";
import { useWorkspace } from "../../shared/reads/workspace";
import { announce } from "../../shared/states/announce";
import { ErrorState } from "../../shared/states/ErrorState";
import layout from "../../shared/states/Place.module.css";
import { PlaceHeader } from "../../shared/states/PlaceHeader";
import { PlaceState } from "../../shared/states/PlaceState";
import { QuickSearch } from "../../shared/states/QuickSearch";
import { ChainStrip } from "./ChainStrip";
import { EntryDrawer } from "./EntryDrawer";
import { EntryList, focusEntry } from "./EntryList";
import { KindFilter } from "./KindFilter";
import { useEntries, useVerification } from "./reads";
import { isNarrowed, readView, toQuestion } from "./view";

export function ActivityPlace({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const format = useFormat();
  const act = useAct();
  const [view, change] = useWorkspace(connection.id, "activity", readView);
  const entries = useEntries(connection.id, view);
  const verification = useVerification(connection.id);
  const [active, setActive] = useState<ActivityEntry | null>(null);
  const first = entries.data?.pages[0];
  const shown = useMemo(() => entries.data?.pages.flatMap((page) => page.entries) ?? [], [entries.data]);
  const noted = first?.kinds.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const brokenAt = verification.data?.broken?.no ?? null;

  const count = first ? t("activity.count", { count: first.total, n: format.number(first.total) }) : null;
  useEffect(() => {
    if (count && !entries.isPlaceholderData) announce(count);
  }, [count, entries.isPlaceholderData]);

  const again = () => {
    entries.refetch();
    verification.refetch();
  };
  useAction("refresh", again);
  const close = useCallback(() => {
    setActive((now) => {
      if (now) focusEntry(now.no);
      return null;
    });
  }, []);
  useAction("close", active && close);
  const clear = () => change(() => ({ search: "", kinds: [] }));
  /** An entry that may not be in the list, nor match what is asked. */
  const showEntry = (no: number) =>
    act(async () => {
      const question = toQuestion(connection.id, readView(null), no + 1);
      const found = await call("activity_query", { ...question, limit: 1 });
      setActive(found.entries[0] ?? null);
    });

  const error = entries.error && toApiError(entries.error);
  const remedies = { try_again: again };
  return (
    <section className={layout.place} aria-label={t("places.activity")}>
      <PlaceHeader title={t("places.activity")} count={count}>
        <KindFilter
          counts={first?.kinds ?? []}
          chosen={view.kinds}
          onChoose={(kinds) => change((now) => ({ ...now, kinds }))}
        />
        <QuickSearch
          value={view.search}
          onSearch={(search) => change((now) => ({ ...now, search }))}
          placeholder={t("activity.search")}
          refusal={null}
          onUseMirror={() => undefined}
        />
      </PlaceHeader>
      {first && noted > 0 && (
        <ChainStrip connection={connection} noted={noted} verification={verification} onShow={showEntry} />
      )}
      {error && first && (
        <div className={layout.banner}>
          <ErrorBanner error={error} remedies={remedies} />
        </div>
      )}
      <div className={layout.split}>
        <div className={layout.body} aria-busy={entries.isFetching}>
          {error && !first ? (
            error.code === "damaged_file" ? (
              <PlaceState
                icon={<IconFileAlert size={26} stroke={1.6} />}
                tone="warn"
                title={t("activity.damaged")}
                body={t("activity.damaged_text")}
                button={<RemedyButton error={error} remedies={remedies} />}
              />
            ) : (
              <ErrorState error={error} remedies={remedies} />
            )
          ) : !first ? (
            <SkeletonRows />
          ) : shown.length > 0 ? (
            <EntryList
              entries={shown}
              active={active?.no ?? null}
              brokenAt={brokenAt}
              more={entries.hasNextPage}
              onMore={() => !entries.isFetchingNextPage && entries.fetchNextPage()}
              onOpen={setActive}
            />
          ) : (
            <PlaceState
              icon={<IconHistory size={26} stroke={1.6} />}
              title={isNarrowed(view) ? t("activity.nothing_matches") : t("activity.none")}
              body={isNarrowed(view) ? t("activity.nothing_matches_text") : t("activity.none_text")}
              button={isNarrowed(view) && <Button onClick={clear}>{t("remedies.clear.both")}</Button>}
            />
          )}
        </div>
        {active && (
          <EntryDrawer
            entry={active}
            proven={brokenAt === null ? null : active.no < brokenAt}
            onClose={close}
          />
        )}
      </div>
    </section>
  );
}
