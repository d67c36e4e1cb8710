// Above People: how many, from where, quick search, refresh.
import { useTranslation } from "react-i18next";
import type { Connection } from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import { PlaceHeader } from "../../shared/states/PlaceHeader";
import { QuickSearch } from "../../shared/states/QuickSearch";
import { RefreshButton } from "../../shared/states/RefreshButton";
import { SourceSwitch } from "../../shared/states/SourceSwitch";
import type { PeopleView } from "./view";

type Props = {
  connection: Connection;
  view: PeopleView;
  change: (update: (view: PeopleView) => PeopleView) => void;
  count: string | null;
  possible: number;
  busy: boolean;
  onRefresh: () => void;
};

export function PeopleToolbar({ connection, view, change, count, possible, busy, onRefresh }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const live = view.source === "live";
  return (
    <PlaceHeader
      title={t("places.people")}
      count={count}
      note={possible > 0 ? t("people.possible", { count: possible, n: format.number(possible) }) : null}
    >
      <SourceSwitch
        connection={connection}
        source={view.source}
        onSource={(source) => change((now) => ({ ...now, source }))}
      />
      <QuickSearch
        value={view.search}
        onSearch={(search) => change((now) => ({ ...now, search }))}
        placeholder={t("people.search")}
        refusal={live ? t("search.live") : null}
        onUseMirror={() => change((now) => ({ ...now, source: "mirror" }))}
      />
      <RefreshButton live={live} busy={busy} onRefresh={onRefresh} />
    </PlaceHeader>
  );
}
