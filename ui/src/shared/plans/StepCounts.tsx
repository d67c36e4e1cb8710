// How many steps stand how; each shows only those.
import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PlanSummary } from "../../generated/types";
import { useFormat } from "../format/useFormat";
import { STEP_STATES, STEP_TONES } from "./chip";
import classes from "./StepCounts.module.css";
import { ALL_STEPS, type StepsFilter } from "./steps";

type Props = { plan: PlanSummary; filter: StepsFilter; onFilter: (filter: StepsFilter) => void };

export function StepCounts({ plan, filter, onFilter }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = STEP_STATES.flatMap((state) =>
    plan.counts.filter((own) => own.state === state && own.count > 0),
  );
  const all = filter.state === null && filter.mark === null;
  return (
    <fieldset className={classes.counts}>
      <legend className="sr-only">{t("plans.filter")}</legend>
      <UnstyledButton className={classes.count} aria-pressed={all} onClick={() => onFilter(ALL_STEPS)}>
        {t("plans.all")} <span className="num">{format.number(plan.steps)}</span>
      </UnstyledButton>
      {counts.map(({ state, count }) => (
        <UnstyledButton
          key={state}
          className={classes.count}
          data-tone={STEP_TONES[state]}
          aria-pressed={filter.state === state}
          onClick={() => onFilter(filter.state === state ? ALL_STEPS : { state, mark: null })}
        >
          {t(`plans.step_states.${state}`)} <span className="num">{format.number(count)}</span>
        </UnstyledButton>
      ))}
    </fieldset>
  );
}
