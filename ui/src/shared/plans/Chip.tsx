// How a plan or a step stands, in one word.
import { useTranslation } from "react-i18next";
import type { PlanState, StepState } from "../../generated/types";
import classes from "./Chip.module.css";
import { PLAN_TONES, STEP_TONES } from "./chip";

type PlanChipProps = {
  state: PlanState;
  /** Whether something is at it now: a plan that is being applied by nobody was broken off. */
  running: boolean;
};

export function PlanChip({ state, running }: PlanChipProps) {
  const { t } = useTranslation();
  const broken = state === "running" && !running;
  return (
    <span className={classes.chip} data-tone={PLAN_TONES[broken ? "paused" : state]}>
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
