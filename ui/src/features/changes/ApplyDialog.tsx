// Asks once before anything is sent, saying exactly what; beyond the ceiling the person types how many.
import { Button, Modal, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError, Connection, PlanSummary } from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useFormat } from "../../shared/format/useFormat";
import { hostWords, useTimeWords } from "../../shared/plans/PlanFacts";
import { countOf } from "../../shared/reads/plans";
import { putJob } from "../../shared/reads/sync";
import { useAskSecondPerson } from "../approvals/useApprovalActs";
import classes from "./PlanDetail.module.css";

export type ApplyKind = "apply" | "resume" | "retry" | "cancel";

type Props = {
  kind: ApplyKind | null;
  connection: Connection;
  plan: PlanSummary;
  onClose: () => void;
  /** Shows one of its steps. */
  onStep: (no: number) => void;
};

export function ApplyDialog({ kind, ...props }: Props) {
  const { t } = useTranslation();
  // While the dialog fades out it still shows what it was about.
  const last = useRef<ApplyKind>("apply");
  if (kind) last.current = kind;
  return (
    <Modal
      opened={kind !== null}
      onClose={props.onClose}
      title={t(`plans.ask.${last.current}.title`, { title: props.plan.title })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Asking {...props} kind={last.current} />
    </Modal>
  );
}

/** How many of the steps that would be sent need a password again. */
export function lackingOf(kind: ApplyKind, { missing }: Pick<PlanSummary, "missing">): number {
  if (kind === "cancel") return 0;
  return kind === "retry" ? missing.waiting + missing.rejected : missing.waiting;
}

function Asking({ kind, connection, plan, onClose, onStep }: Props & { kind: ApplyKind }) {
  const { t } = useTranslation();
  const format = useFormat();
  const time = useTimeWords();
  const ask = useAskSecondPerson();
  const [error, setError] = useState<ApiError | null>(null);
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const overCeiling = error?.code === "over_ceiling";
  const left = kind === "retry" ? countOf(plan, "rejected") : countOf(plan, "waiting");
  const sent = kind === "apply" ? plan.steps : left;
  const { first } = plan.missing;
  const values = {
    count: sent,
    n: format.number(sent),
    host: hostWords(plan.host, t),
    key: plan.key_id,
    name: connection.name,
  };
  const lacking = lackingOf(kind, plan);
  const isTyped = !overCeiling || Number(typed.replace(/\D/g, "")) === plan.takes_away;

  const go = async () => {
    if (busy) return;
    const of = { connection: connection.id, plan: plan.id };
    setBusy(true);
    try {
      if (kind === "cancel") await call("plan_cancel", of);
      else {
        if (kind === "retry") await call("plan_retry", { ...of, steps: [] });
        putJob(await call("plan_start", { ...of, takes_away: overCeiling ? plan.takes_away : null }));
      }
      onClose();
    } catch (refusal) {
      setError(toApiError(refusal));
    }
    setBusy(false);
  };
  return (
    <form
      className={classes.dialog}
      onSubmit={(event) => {
        event.preventDefault();
        if (isTyped && lacking === 0) go();
      }}
    >
      <p>{kind === "cancel" ? t("plans.ask.cancel.body") : t(`plans.ask.${kind}.body`, values)}</p>
      {kind === "apply" && (
        <p>
          {t("plans.ask.requests", { count: plan.requests, n: format.number(plan.requests) })}{" "}
          {time(plan.seconds)}.
        </p>
      )}
      {kind !== "cancel" && plan.marks.length > 0 && (
        <ul>
          {plan.marks.map(({ mark, count }) => (
            <li key={mark}>{t(`plans.marks.${mark}`, { count, n: format.number(count) })}</li>
          ))}
        </ul>
      )}
      {kind !== "cancel" && <p className={classes.quiet}>{t("plans.ask.before")}</p>}
      {lacking > 0 && (
        <div className={classes.note} role="alert" data-warn>
          <span className={classes.noteWords}>
            {t("plans.secret.missing", { count: lacking, n: format.number(lacking) })}
          </span>
          {first !== null && (
            <Button
              size="compact-sm"
              variant="default"
              data-autofocus
              onClick={() => {
                onClose();
                onStep(first);
              }}
            >
              {t("plans.secret.to_step", { no: first })}
            </Button>
          )}
        </div>
      )}
      {kind !== "cancel" && plan.untaken.count > 0 && (
        <p>{t("plans.ask.untaken", { count: plan.untaken.count, n: format.number(plan.untaken.count) })}</p>
      )}
      {overCeiling ? (
        <TextInput
          label={t("plans.ask.ceiling", { count: plan.takes_away, n: plan.takes_away })}
          description={t("plans.ask.ceiling_text")}
          value={typed}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoFocus
        />
      ) : (
        error && (
          <ErrorBanner
            error={error}
            remedies={{ try_again: go, give_up: onClose, ask_second_person: () => ask(connection, plan) }}
          />
        )
      )}
      <div className={classes.dialogButtons}>
        <Button variant="default" onClick={onClose}>
          {t("back")}
        </Button>
        <Button
          type="submit"
          color={kind === "cancel" ? "danger" : undefined}
          loading={busy}
          disabled={!isTyped || lacking > 0}
          data-autofocus={overCeiling || lacking > 0 ? undefined : true}
        >
          {t(`plans.acts.${kind}`)}
        </Button>
      </div>
    </form>
  );
}
