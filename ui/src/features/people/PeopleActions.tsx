// At the end of the query bar: recent questions, facets, columns, export.
import { ActionIcon } from "@mantine/core";
import { IconArrowsDiff, IconFileExport, IconListDetails } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Connection, RecentQuestion, ViewColumn } from "../../generated/types";
import { ColumnChooser } from "../../shared/grid/ColumnChooser";
import { ariaKeys } from "../../shared/keys/actions";
import { Hint } from "../../shared/keys/Hint";
import { RecentsMenu } from "../views/RecentsMenu";
import { useColumnNames } from "./useColumnNames";
import { columnIdsOf, USUAL_COLUMNS } from "./view";

type Props = {
  connection: Connection;
  shown: readonly ViewColumn[];
  facets: boolean;
  onShown: (shown: ViewColumn[]) => void;
  onFacets: () => void;
  onAsk: (question: RecentQuestion) => void;
  onCompare: () => void;
  onExport: () => void;
};

export function PeopleActions(props: Props) {
  const { connection, shown, facets, onShown, onFacets, onAsk, onCompare, onExport } = props;
  const { t } = useTranslation();
  const name = useColumnNames();
  return (
    <>
      <RecentsMenu connection={connection.id} onAsk={onAsk} />
      <Hint label={t("facets.title")} action="facets">
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t("facets.title")}
          aria-keyshortcuts={ariaKeys("facets")}
          aria-pressed={facets}
          onClick={onFacets}
        >
          <IconListDetails size={17} stroke={1.7} />
        </ActionIcon>
      </Hint>
      <Hint label={t("people.compare")} action="compare">
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t("people.compare")}
          aria-keyshortcuts={ariaKeys("compare")}
          onClick={onCompare}
        >
          <IconArrowsDiff size={17} stroke={1.7} />
        </ActionIcon>
      </Hint>
      <ColumnChooser
        columns={columnIdsOf(connection).map((id) => ({ id, header: name(id) }))}
        shown={shown}
        usual={USUAL_COLUMNS}
        onShown={onShown}
      />
      <Hint label={t("export.title")} action="export">
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t("export.title")}
          aria-keyshortcuts={ariaKeys("export")}
          onClick={onExport}
        >
          <IconFileExport size={17} stroke={1.7} />
        </ActionIcon>
      </Hint>
    </>
  );
}
