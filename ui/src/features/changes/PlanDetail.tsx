// One plan: how it stands, what may be done with it, how far it is, its steps and what came of them.
import { ActionIcon } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError, Connection, PlanSummary } from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { SkeletonRows } from "../../shared/grid/SkeletonRows";
import { PlanChip } from "../../shared/plans/Chip";
import { PlanView, type StepsSource } from "../../shared/plans/PlanView";
import { keys } from "../../shared/reads/keys";
import { useApplying, usePlan } from "../../shared/reads/plans";
import { ErrorState } from "../../shared/states/ErrorState";
import { Approvals } from "../approvals/Approvals";
import type { Opened } from "./ChangesPlace";
import { forgetMade, useMade } from "./made";
import { PlanButtons } from "./PlanButtons";
import classes from "./PlanDetail.module.css";
import { PlanMadeNote } from "./PlanMadeNote";
import { PlanProgress } from "./PlanProgress";
import { PlanRelations } from "./PlanRelations";
import { SecretsNote } from "./SecretsNote";
import { StepActs } from "./StepActs";
import { useFollowing } from "./useFollowing";

type Props = {
  connection: Connection;
  id: string;
  plans: readonly PlanSummary[];
  onOpen: (next: Opened) => void;
};

/** The steps of a plan of the ledger. */
export function ledgerSteps(connection: string, plan: string): StepsSource {
  const question = ({ state, mark }: Parameters<StepsSource["ask"]>[0], offset: number, limit: number) => ({
    connection,
    plan,
    states: state === null ? [] : [state],
    mark,
    offset,
    limit,
  });
  return {
    keyOf: (filter, offset, limit) => keys.steps(question(filter, offset, limit)),
    ask: (filter, offset, limit) => call("plan_steps", question(filter, offset, limit)),
  };
}

export function PlanDetail({ connection, id, plans, onOpen }: Props) {
  const { t } = useTranslation();
  const read = usePlan(connection.id, id);
  const job = useApplying(connection.id, id);
  useFollowing(connection.id, id, job);
  const steps = useMemo(() => ledgerSteps(connection.id, id), [connection.id, id]);
  const made = useMade(id);
  /** The step that somebody asked to see. */
  const [asked, setAsked] = useState<{ no: number } | null>(null);
  const toStep = useCallback((no: number) => setAsked({ no }), []);
  const back = useCallback(() => onOpen(null), [onOpen]);
  const plan = read.data;
  if (!plan) {
    return read.isError ? (
      <ErrorState error={toApiError(read.error)} remedies={{ try_again: () => read.refetch() }} />
    ) : (
      <SkeletonRows />
    );
  }
  const running = job?.state === "running";
  return (
    <article className={classes.detail} aria-label={plan.title}>
      <header className={classes.head}>
        <ActionIcon className={classes.back} onClick={back} aria-label={t("plans.back")}>
          <IconArrowLeft size={18} />
        </ActionIcon>
        <div className={classes.title}>
          <h2 className="selectable" dir="auto">
            {plan.title}
          </h2>
          <PlanChip plan={plan} running={running} />
        </div>
        <PlanButtons connection={connection} plan={plan} running={running} onOpen={onOpen} onStep={toStep} />
      </header>
      <PlanView
        key={plan.id}
        plan={plan}
        steps={steps}
        asked={asked}
        rulesOf={connection.id}
        aboutStep={(row) => <StepActs key={row.step.no} connection={connection} plan={plan} row={row} />}
      >
        <PlanRelations connection={connection.id} plan={plan} plans={plans} onOpen={onOpen} />
        <Approvals connection={connection} plan={plan} />
        {!running && <SecretsNote plan={plan} onStep={toStep} />}
        {made && <PlanMadeNote made={made} onClose={() => forgetMade(id)} />}
        {running && job && <PlanProgress job={job} plan={plan} />}
        {job?.state === "failed" && job.error && plan.state === "paused" && <Paused error={job.error} />}
      </PlanView>
    </article>
  );
}

/** An endpoint that is not there is no trouble of the vendor: there is another way to ask. */
const NOT_THERE = [404, 405];

/** Why a plan was paused. */
function Paused({ error }: { error: ApiError }) {
  const { t } = useTranslation();
  if (!NOT_THERE.includes(error.details.status ?? 0)) return <ErrorBanner error={error} remedies={{}} />;
  return (
    <p className={classes.note} role="alert" data-warn>
      {t("plans.no_endpoint")}
    </p>
  );
}
