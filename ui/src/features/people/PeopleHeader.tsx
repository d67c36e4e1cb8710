// Above People: which view, how many, from where and when, quick search, refresh.
import { IconCalendarTime } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Connection } from "../../generated/types";
import { ToolButton } from "../../shared/keys/ToolButton";
import { PlaceHeader } from "../../shared/states/PlaceHeader";
import { QuickSearch } from "../../shared/states/QuickSearch";
import { RefreshButton } from "../../shared/states/RefreshButton";
import { SourceSwitch } from "../../shared/states/SourceSwitch";
import { NewPersonButton } from "../acts/NewPerson";
import { ImportTool } from "../changes/import/ImportButton";
import { PossibleNote } from "../query/PossibleNote";
import { ViewsMenu } from "../views/ViewsMenu";
import { type PeopleView, toViewState } from "./view";

type Props = {
  connection: Connection;
  view: PeopleView;
  change: (update: (view: PeopleView) => PeopleView) => void;
  count: string | null;
  matching: number;
  possible: number;
  busy: boolean;
  onRefresh: () => void;
  onPast: () => void;
  onPossible: () => void;
};

export function PeopleHeader(props: Props) {
  const { connection, view, change, count, matching, possible, busy, onRefresh, onPast, onPossible } = props;
  const { t } = useTranslation();
  const live = view.source === "live";
  const { query, columns, sort, source } = view;
  // Quick search is no part of a view: at its keys the menu of views is not drawn again.
  const state = useMemo(() => toViewState({ query, columns, sort, source }), [query, columns, sort, source]);
  return (
    <PlaceHeader
      title={t("places.people")}
      beside={<ViewsMenu connection={connection} state={state} saved={view.saved} />}
      count={count}
      note={
        <PossibleNote
          possible={possible}
          total={matching}
          shown={view.truth === "possible"}
          onShow={onPossible}
        />
      }
    >
      <SourceSwitch
        connection={connection}
        source={view.source}
        past={view.as_of !== null}
        onSource={(source) => change((now) => ({ ...now, source, as_of: null }))}
      />
      <ToolButton label={t("past.title")} action="as_of" pressed={view.panels.past} onClick={onPast}>
        <IconCalendarTime size={17} stroke={1.7} />
      </ToolButton>
      <QuickSearch
        value={view.search}
        onSearch={(search) => change((now) => ({ ...now, search }))}
        placeholder={t("people.search")}
        refusal={live ? t("search.live") : null}
        onUseMirror={() => change((now) => ({ ...now, source: "mirror" }))}
      />
      <RefreshButton live={live} busy={busy} onRefresh={onRefresh} />
      <ImportTool connection={connection.id} />
      <NewPersonButton connection={connection.id} small />
    </PlaceHeader>
  );
}
