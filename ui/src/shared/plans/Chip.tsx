// How a plan or a step stands, in one word.
import { useTranslation } from "react-i18next";
import type { PlanState, StepState } from "../../generated/types";
import classes from "./Chip.module.css";
import { PLAN_TONES, STEP_TONES } from "./chip";

export function PlanChip({ state }: { state: PlanState }) {
  const { t } = useTranslation();
  return (
    <span className={classes.chip} data-tone={PLAN_TONES[state]}>
      {t(`plans.states.${state}`)}
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
