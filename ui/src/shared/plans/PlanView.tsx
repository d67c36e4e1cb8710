// A plan to be looked at: what it says of itself, what to look at twice, its steps. Changes nothing.
import { Button } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import type { QueryKey } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlanSummary, StepsAnswer, ViewColumn } from "../../generated/types";
import { useActWords } from "../acts/useActWords";
import { ErrorBanner } from "../errors/ErrorBanner";
import { BLOCK } from "../grid/blocks";
import { Grid } from "../grid/Grid";
import { SkeletonRows } from "../grid/SkeletonRows";
import { useRows } from "../grid/useRows";
import { useAction } from "../keys/useAction";
import { ErrorState } from "../states/ErrorState";
import { PlanFacts } from "./PlanFacts";
import classes from "./PlanView.module.css";
import { PlanWarnings } from "./PlanWarnings";
import { StepCounts } from "./StepCounts";
import { StepPanel } from "./StepPanel";
import { ALL_STEPS, type StepRow, type StepsFilter, stepColumns, toBlock } from "./steps";

/** Where the steps of a plan are read from: the ledger, or a file. */
export type StepsSource = {
  keyOf: (filter: StepsFilter, offset: number, limit: number) => QueryKey;
  ask: (filter: StepsFilter, offset: number, limit: number) => Promise<StepsAnswer>;
};

type Props = {
  plan: PlanSummary;
  steps: StepsSource;
  /** Stands between what the plan says of itself and its steps. */
  children?: ReactNode;
  /** What may be done about one step, below what is said of it. */
  aboutStep?: (row: StepRow) => ReactNode;
  /** The step that somebody asked to see. */
  asked?: { no: number } | null;
  /** The connection in whose Roles the rules are shown. */
  rulesOf?: string;
};

export function PlanView({ plan, steps, children, aboutStep, asked, rulesOf }: Props) {
  const { t } = useTranslation();
  const words = useActWords();
  const [filter, setFilter] = useState<StepsFilter>(ALL_STEPS);
  // The only step is what the plan is about.
  const [opened, setOpened] = useState<number | null>(plan.steps === 1 ? 1 : null);
  useEffect(() => {
    if (asked) setOpened(asked.no);
  }, [asked]);
  const [widths, setWidths] = useState<ViewColumn[] | null>(null);

  const name = JSON.stringify([plan.id, filter]);
  const rows = useRows({
    name,
    origin: plan.id,
    keyOf: useCallback((offset: number) => steps.keyOf(filter, offset, BLOCK), [steps, filter]),
    ask: useCallback(
      async (offset: number) => toBlock(await steps.ask(filter, offset, BLOCK), offset),
      [steps, filter],
    ),
    enabled: true,
  });
  const columns = useMemo(() => stepColumns(words, t), [words, t]);
  const shown = useMemo(
    () => widths ?? columns.map(({ id }) => ({ id, width: null, pinned: false })),
    [columns, widths],
  );
  useAction("close", opened === null ? null : () => setOpened(null));
  const { answer } = rows;
  const filtered = filter.state !== null || filter.mark !== null;

  return (
    <div className={classes.view}>
      <div className={classes.above}>
        <PlanFacts plan={plan} />
        <PlanWarnings
          plan={plan}
          chosen={filter.mark}
          onChoose={(mark) => setFilter({ state: null, mark })}
        />
        {children}
        <StepCounts plan={plan} filter={filter} onFilter={setFilter} />
      </div>
      {rows.error && answer && (
        <div className={classes.banner}>
          <ErrorBanner error={rows.error} remedies={{ try_again: rows.again }} />
        </div>
      )}
      <div className={classes.split}>
        <div className={classes.rows} aria-busy={rows.loading}>
          {answer ? (
            <Grid
              label={t("plans.steps")}
              columns={columns}
              shown={shown}
              onShown={setWidths}
              question={rows.shownQuestion}
              version={rows.version}
              total={answer.total}
              ask={rows.askBlock}
              sort={{ keys: [], onSort: () => undefined, refusal: () => t("plans.steps_order") }}
              active={opened}
              onOpen={(row) => setOpened(row.id)}
              onClose={() => setOpened(null)}
              onError={rows.setBlockError}
            />
          ) : rows.error ? (
            <ErrorState error={rows.error} remedies={{ try_again: rows.again }} />
          ) : (
            <SkeletonRows />
          )}
          {answer?.total === 0 && !rows.stale && (
            <div className={classes.nothing} role="status">
              {t("plans.no_step_like_this")}
              {filtered && (
                <Button
                  variant="default"
                  size="compact-sm"
                  leftSection={<IconFilterOff size={15} />}
                  onClick={() => setFilter(ALL_STEPS)}
                >
                  {t("plans.all_steps")}
                </Button>
              )}
            </div>
          )}
        </div>
        {opened !== null && (
          <StepPanel
            plan={plan}
            steps={steps}
            no={opened}
            onClose={() => setOpened(null)}
            aboutStep={aboutStep}
            rulesOf={rulesOf ?? null}
          />
        )}
      </div>
    </div>
  );
}
