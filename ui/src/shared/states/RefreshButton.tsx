// Fresh rows: a sync for the mirror, another request for live.
import { IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ToolButton } from "../keys/ToolButton";

type Props = { live: boolean; busy: boolean; onRefresh: () => void };

export function RefreshButton({ live, busy, onRefresh }: Props) {
  const { t } = useTranslation();
  return (
    <ToolButton
      label={live ? t("refresh_live") : t("sync")}
      action="refresh"
      onClick={onRefresh}
      loading={live && busy}
    >
      <IconRefresh size={17} stroke={1.7} />
    </ToolButton>
  );
}
