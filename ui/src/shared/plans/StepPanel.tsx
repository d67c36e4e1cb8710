// One step: field by field what it changes, the rule that allows it, the way back, and what the vendor said.
import { Skeleton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PlanSummary } from "../../generated/types";
import { toApiError } from "../../host";
import { useActWords } from "../acts/useActWords";
import { ErrorBanner } from "../errors/ErrorBanner";
import { SidePanel } from "../panel/SidePanel";
import { StepChip } from "./Chip";
import type { StepsSource } from "./PlanView";
import { StepAnswer } from "./StepAnswer";
import { StepFields } from "./StepFields";
import classes from "./StepPanel.module.css";
import { StepRules } from "./StepRules";
import { ALL_STEPS, aboutOf, type StepRow, toBlock } from "./steps";

type Props = {
  plan: PlanSummary;
  steps: StepsSource;
  no: number;
  onClose: () => void;
  aboutStep?: (row: StepRow) => ReactNode;
  rulesOf: string | null;
};

export function StepPanel({ steps, no, onClose, aboutStep, rulesOf }: Props) {
  const { t } = useTranslation();
  const words = useActWords();
  // Steps are numbered from 1 in their order, so that a number is a place.
  const read = useQuery({
    queryKey: steps.keyOf(ALL_STEPS, no - 1, 1),
    queryFn: async () => toBlock(await steps.ask(ALL_STEPS, no - 1, 1), no - 1),
    placeholderData: keepPreviousData,
  });
  const row = read.data?.rows[0];
  return (
    <SidePanel
      label={t("plans.step.label")}
      title={t("plans.step.title", { no, act: row ? words.act(row.step.kind) : "" })}
      sub={row && <StepChip state={row.state} />}
      kind="part"
      busy={read.isFetching}
      onClose={onClose}
    >
      <div className={classes.body}>
        {read.isError && (
          <ErrorBanner error={toApiError(read.error)} remedies={{ try_again: () => read.refetch() }} />
        )}
        {!row && !read.isError && <Skeleton height={14} width="70%" />}
        {row && (
          <>
            <p className={classes.about}>
              <strong className="selectable" dir="auto">
                {aboutOf(row, words)}
              </strong>
              {row.step.target && (
                <span className="selectable">
                  {words.thing(row.step.target.thing)} {row.step.target.id}
                </span>
              )}
              {row.step.line !== null && <span>{t("plans.step.line", { n: row.step.line })}</span>}
            </p>
            <StepFields row={row} />
            {
              // What may be done is done to the step of the title, never to the one before it.
              !read.isPlaceholderData && aboutStep?.(row)
            }
            <StepAnswer row={row} />
            <StepRules row={row} rulesOf={rulesOf} />
          </>
        )}
      </div>
    </SidePanel>
  );
}
