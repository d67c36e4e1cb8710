// Where rows come from: the mirror, with its age, or the vendor right now.
import { SegmentedControl } from "@mantine/core";
import { IconBroadcast, IconDatabase } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Connection, Source } from "../../generated/types";
import { useFormat, useNow } from "../format/useFormat";
import { Hint } from "../keys/Hint";
import classes from "./SourceSwitch.module.css";

type Props = {
  connection: Connection;
  source: Source;
  onSource: (source: Source) => void;
  /** The rows are of a past sync: the vendor knows nothing of the past. */
  past?: boolean;
};

export function SourceSwitch({ connection, source, onSource, past = false }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30);
  const sync = connection.mirror.last_sync;
  const age = sync ? format.ago(sync.finished_at, now, "short") : t("freshness.never");
  const trouble = connection.mirror_error;
  const aged = t("source.mirror_hint", { age: trouble ? t(`errors.${trouble.code}.title`) : age });
  const hint = past ? t("source.past_hint") : source === "mirror" ? aged : t("source.live_hint");
  return (
    <Hint label={hint}>
      <SegmentedControl
        size="sm"
        radius="md"
        aria-label={t("source.label")}
        value={source}
        onChange={onSource}
        className={classes.root}
        data={[
          {
            value: "mirror",
            label: (
              <span className={classes.choice}>
                <IconDatabase size={15} stroke={1.7} aria-hidden />
                <span>{t("source.mirror")}</span>
                {!trouble && <span className={classes.age}>{age}</span>}
              </span>
            ),
          },
          {
            value: "live",
            disabled: past,
            label: (
              <span className={classes.choice}>
                <IconBroadcast size={15} stroke={1.7} aria-hidden />
                <span>{t("source.live")}</span>
              </span>
            ),
          },
        ]}
      />
    </Hint>
  );
}
