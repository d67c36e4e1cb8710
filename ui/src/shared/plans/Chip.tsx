// How a plan or a step stands, in one word.
import { useTranslation } from "react-i18next";
import type { PlanSummary, StepState } from "../../generated/types";
import { countOf } from "../reads/plans";
import classes from "./Chip.module.css";
import { PLAN_TONES, STEP_TONES } from "./chip";

type PlanChipProps = {
  plan: Pick<PlanSummary, "state" | "steps" | "counts">;
  /** Whether something is at it now: a plan that is being applied by nobody was broken off. */
  running: boolean;
};

export function PlanChip({ plan, running }: PlanChipProps) {
  const { t } = useTranslation();
  const { state, steps } = plan;
  const broken = state === "running" && !running;
  // At its end, and not all of it is so: to be looked at.
  const isShort = state === "ended" && countOf(plan, "applied", "accepted", "already_so") < steps;
  return (
    <span className={classes.chip} data-tone={PLAN_TONES[broken || isShort ? "paused" : state]}>
      {broken ? t("plans.states.broken_off") : t(`plans.states.${state}`)}
    </span>
  );
}

export function StepChip({ state }: { state: StepState }) {
  const { t } = useTranslation();
  return (
    <span className={classes.chip} data-tone={STEP_TONES[state]}>
      {t(`plans.step_states.${state}`)}
    </span>
  );
}
