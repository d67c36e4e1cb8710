// Fresh rows: a sync for the mirror, another request for live.
import { ActionIcon } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ariaKeys } from "../keys/actions";
import { Hint } from "../keys/Hint";

type Props = { live: boolean; busy: boolean; onRefresh: () => void };

export function RefreshButton({ live, busy, onRefresh }: Props) {
  const { t } = useTranslation();
  const label = live ? t("refresh_live") : t("sync");
  return (
    <Hint label={label} action="refresh">
      <ActionIcon
        variant="default"
        size={36}
        onClick={onRefresh}
        loading={live && busy}
        loaderProps={{ size: 16 }}
        aria-label={label}
        aria-keyshortcuts={ariaKeys("refresh")}
      >
        <IconRefresh size={17} stroke={1.7} />
      </ActionIcon>
    </Hint>
  );
}
