// At the end of the query bar: recent questions, facets, columns, export.
import { IconArrowsDiff, IconFileExport, IconListDetails } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Connection, RecentQuestion, ViewColumn } from "../../generated/types";
import { ColumnChooser } from "../../shared/grid/ColumnChooser";
import { ToolButton } from "../../shared/keys/ToolButton";
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
  /** Why two questions cannot be compared now; null if they can. */
  compareRefusal: string | null;
  exportRefusal: string | null;
};

export function PeopleActions(props: Props) {
  const { connection, shown, facets, onShown, onFacets, onAsk } = props;
  const { t } = useTranslation();
  const name = useColumnNames();
  return (
    <>
      <RecentsMenu connection={connection.id} onAsk={onAsk} />
      <ToolButton label={t("facets.title")} action="facets" pressed={facets} onClick={onFacets}>
        <IconListDetails size={17} stroke={1.7} />
      </ToolButton>
      <ToolButton
        label={t("people.compare")}
        action="compare"
        refusal={props.compareRefusal}
        onClick={props.onCompare}
      >
        <IconArrowsDiff size={17} stroke={1.7} />
      </ToolButton>
      <ColumnChooser
        columns={columnIdsOf(connection).map((id) => ({ id, header: name(id) }))}
        shown={shown}
        usual={USUAL_COLUMNS}
        onShown={onShown}
      />
      <ToolButton
        label={t("export.title")}
        action="export"
        refusal={props.exportRefusal}
        onClick={props.onExport}
      >
        <IconFileExport size={17} stroke={1.7} />
      </ToolButton>
    </>
  );
}
