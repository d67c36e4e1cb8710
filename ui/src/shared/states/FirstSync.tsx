// A mirror that holds nothing yet: offers the first sync, or shows it running.
import { Button, Progress } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "../../generated/types";
import { useFormat } from "../format/useFormat";
import classes from "./FirstSync.module.css";
import { PlaceState } from "./PlaceState";

type Props = { job: Job | null; onSync: () => void; icon: ReactNode };

export function FirstSync({ job, onSync, icon }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (job?.state !== "running") {
    return (
      <PlaceState
        icon={icon}
        title={t("errors.never_synced.title")}
        body={t("errors.never_synced.body")}
        button={<Button onClick={onSync}>{t("remedies.sync")}</Button>}
      />
    );
  }
  const counted = (job.phase === "people" || job.phase === "organizations") && job.total;
  return (
    <PlaceState
      icon={<IconDownload size={26} stroke={1.6} />}
      title={t("first_sync.title")}
      body={
        <>
          {t("first_sync.body")}
          <Progress
            className={classes.bar}
            size={6}
            aria-label={t(`freshness.phases.${job.phase}`)}
            value={counted ? (100 * job.done) / counted : 100}
            animated={!counted}
          />
          <span className="num">
            {t(`freshness.phases.${job.phase}`)}
            {counted
              ? ` ${t("freshness.of", { done: format.number(job.done), total: format.number(counted) })}`
              : ""}
          </span>
        </>
      }
    />
  );
}
