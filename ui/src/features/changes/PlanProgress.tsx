// How far a plan is that is being applied, and how long it still takes.
import { Progress } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Job, PlanSummary } from "../../generated/types";
import { formatCountdown } from "../../shared/format/format";
import { useFormat, useNow } from "../../shared/format/useFormat";
import { useTimeWords } from "../../shared/plans/PlanFacts";
import classes from "./PlanDetail.module.css";

/** The seconds that are left, by the time that was planned for all of it. */
export const secondsLeft = (plan: Pick<PlanSummary, "seconds" | "steps">, done: number): number =>
  plan.steps === 0 ? 0 : (plan.seconds * Math.max(0, plan.steps - done)) / plan.steps;

export function PlanProgress({ job, plan }: { job: Job; plan: PlanSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const time = useTimeWords();
  const now = useNow(job.waiting_until === null ? 0 : 1);
  const total = job.total ?? plan.steps;
  const pause = job.waiting_until === null ? 0 : job.waiting_until - now;
  const words =
    pause > 0 ? t("freshness.waiting", { time: formatCountdown(pause) }) : t(`freshness.phases.${job.phase}`);
  return (
    <section className={classes.progress} aria-label={t("plans.progress")}>
      <div className={classes.progressLine}>
        <span>{words}</span>
        <span className="num">
          {t("freshness.of", { done: format.number(job.done), total: format.number(total) })}
          {" · "}
          {t("plans.left", { time: time(Math.max(pause, secondsLeft(plan, job.done))) })}
        </span>
      </div>
      <Progress
        size={6}
        value={total === 0 ? 0 : (100 * job.done) / total}
        aria-label={t("plans.progress")}
      />
    </section>
  );
}
