// A job that runs: what it does, how far it is, and a way to stop it.
import { ActionIcon, Progress } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "../generated/types";
import { useAct } from "../shared/errors/notify";
import { useFormat } from "../shared/format/useFormat";
import { Hint } from "../shared/keys/Hint";
import { cancelJob } from "../shared/reads/sync";
import classes from "./Freshness.module.css";

type Props = {
  job: Job;
  words: string;
  /** The name of the button that stops it. */
  stop: string;
  /** Whether what it counts means something now. */
  counted?: boolean;
};

export function JobProgress({ job, words, stop, counted = true }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const format = useFormat();
  const [canceling, setCanceling] = useState(false);
  const cancel = async () => {
    setCanceling(true);
    if (!(await act(() => cancelJob(job.id)))) setCanceling(false);
  };
  return (
    <div className={classes.running}>
      <div className={classes.line}>
        <div className={classes.words}>
          <span className={classes.file}>{canceling ? t("freshness.canceling") : words}</span>
          {counted && (
            <span className={`${classes.quiet} num`}>
              {job.total === null
                ? format.number(job.done)
                : t("freshness.of", { done: format.number(job.done), total: format.number(job.total) })}
            </span>
          )}
        </div>
        <Hint label={stop} position="right">
          <ActionIcon onClick={cancel} disabled={canceling} aria-label={stop}>
            <IconX size={16} />
          </ActionIcon>
        </Hint>
      </div>
      <Progress
        size={4}
        value={counted && job.total ? (100 * job.done) / job.total : 100}
        animated={!counted || !job.total}
        aria-label={words}
        className={classes.bar}
      />
    </div>
  );
}
