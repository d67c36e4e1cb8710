// What to look at twice before a plan is applied; each shows the steps that it is about.
import { UnstyledButton } from "@mantine/core";
import {
  IconArrowBackUpDouble,
  IconBookOff,
  IconQuestionMark,
  IconScale,
  IconTargetOff,
  IconUserMinus,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { PlanSummary, StepMark } from "../../generated/types";
import { useFormat } from "../format/useFormat";
import classes from "./PlanWarnings.module.css";

const ICONS = {
  takes_away: IconUserMinus,
  final: IconArrowBackUpDouble,
  partly_final: IconArrowBackUpDouble,
  reading_only: IconBookOff,
  contested: IconScale,
  undocumented: IconQuestionMark,
  scope_unknown: IconTargetOff,
} as const satisfies Record<StepMark, unknown>;

type Props = {
  plan: PlanSummary;
  chosen: StepMark | null;
  onChoose: (mark: StepMark | null) => void;
};

export function PlanWarnings({ plan, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (plan.marks.length === 0) return null;
  return (
    <ul className={classes.warnings} aria-label={t("plans.warnings")}>
      {plan.marks.map(({ mark, count }) => {
        const Icon = ICONS[mark];
        return (
          <li key={mark}>
            <UnstyledButton
              className={classes.warning}
              data-mark={mark}
              aria-pressed={chosen === mark}
              onClick={() => onChoose(chosen === mark ? null : mark)}
              title={t(`plans.marks.${mark}_text`)}
            >
              <Icon size={16} stroke={1.8} aria-hidden />
              <span>{t(`plans.marks.${mark}`, { count, n: format.number(count) })}</span>
            </UnstyledButton>
          </li>
        );
      })}
    </ul>
  );
}
