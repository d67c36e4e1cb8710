// A plan that somebody sent: the same plan as its author sees, to be approved or rejected.
import { Button, Textarea } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlanDecision, PlanFileOpening, PlanFilePreview } from "../../generated/types";
import { call, chooseSave, toApiError } from "../../host";
import { NamesOf } from "../../shared/acts/useNames";
import { useAct } from "../../shared/errors/notify";
import { SkeletonRows } from "../../shared/grid/SkeletonRows";
import { PlanView, type StepsSource } from "../../shared/plans/PlanView";
import { announce } from "../../shared/states/announce";
import { ErrorState } from "../../shared/states/ErrorState";
import { showNotice } from "../../shared/states/notice";
import { fileName } from "../taking/exporting";
import classes from "./Approvals.module.css";
import { APPROVAL_FILE } from "./dialogs";
import { Signer } from "./Signer";

/** As long as an approval takes. */
const LONGEST_COMMENT = 4000;

type Props = { opening: PlanFileOpening; id: number; onDone: () => void };

export function ReviewPlan({ opening, id, onDone }: Props) {
  const read = useQuery({
    // Whose key it is may become known while it is looked at.
    queryKey: ["plans", "file", id],
    queryFn: () => call("plan_file_open", opening),
    gcTime: 0,
  });
  if (read.isError)
    return <ErrorState error={toApiError(read.error)} remedies={{ try_again: () => read.refetch() }} />;
  if (!read.data) return <SkeletonRows />;
  return (
    <NamesOf value={read.data.connection}>
      <Review file={read.data} onDone={onDone} />
    </NamesOf>
  );
}

/** The steps of a plan that was opened from a file. */
function fileSteps(seal: string): StepsSource {
  return {
    keyOf: ({ mark }, offset, limit) => ["plans", "file", "steps", seal, mark, offset, limit],
    ask: async ({ state, mark }, offset, limit) =>
      // Nothing of it was sent: every step waits.
      state === null || state === "waiting"
        ? call("plan_file_steps", { seal, mark, offset, limit })
        : { total: 0, rows: [] },
  };
}

/** What was written of a plan and not signed, by the plan's seal: closing must not lose it. */
const comments = new Map<string, string>();

function Review({ file, onDone }: { file: PlanFilePreview; onDone: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const { plan, author } = file;
  const steps = useMemo(() => fileSteps(plan.seal), [plan.seal]);
  const [comment, setComment] = useState(comments.get(plan.seal) ?? "");
  const write = (text: string) => {
    comments.set(plan.seal, text);
    setComment(text);
  };
  const [busy, setBusy] = useState<PlanDecision | null>(null);
  const decide = async (decision: PlanDecision) => {
    setBusy(decision);
    const wasDone = await act(async () => {
      const name = fileName(t(`approvals.file.${decision}`), plan.title, new Date(), APPROVAL_FILE);
      const title = t(`approvals.${decision === "approved" ? "approve" : "reject"}`);
      const path = await chooseSave({ name, extension: APPROVAL_FILE, title });
      if (path === null) return;
      const written = await call("plan_file_decide", { seal: plan.seal, decision, comment, path });
      comments.delete(plan.seal);
      const message = t("approvals.decided_text", { path: written.path });
      showNotice({ tone: "done", title: t(`approvals.said.${decision}`), message });
      announce(`${t(`approvals.said.${decision}`)}. ${message}`);
      onDone();
    });
    if (!wasDone) announce(t("approvals.not_decided"));
    setBusy(null);
  };
  return (
    <article className={classes.review} aria-label={plan.title}>
      <h2 className={`${classes.title} selectable`} dir="auto">
        {plan.title}
      </h2>
      <PlanView plan={plan} steps={steps}>
        <div className={classes.from}>
          <span className={classes.quiet}>{t("approvals.signed_by", { name: file.connection_name })}</span>
          <Signer signer={author} compares={false} />
          <span className={classes.quiet}>
            {t(file.connection === null ? "approvals.not_here" : "approvals.here")}
          </span>
        </div>
      </PlanView>
      {file.is_mine ? (
        <p className={classes.mine} role="status">
          {t("approvals.mine")}
        </p>
      ) : (
        <form className={classes.decide} onSubmit={(event) => event.preventDefault()}>
          <Textarea
            className={classes.comment}
            label={t("approvals.comment")}
            value={comment}
            onChange={(event) => write(event.currentTarget.value)}
            maxLength={LONGEST_COMMENT}
            autosize
            minRows={1}
            maxRows={4}
          />
          <div className={classes.buttons}>
            <Button
              variant="default"
              leftSection={<IconX size={16} stroke={1.8} />}
              loading={busy === "rejected"}
              disabled={busy !== null}
              onClick={() => decide("rejected")}
            >
              {t("approvals.reject")}
            </Button>
            <Button
              leftSection={<IconCheck size={16} stroke={1.8} />}
              loading={busy === "approved"}
              disabled={busy !== null}
              onClick={() => decide("approved")}
            >
              {t("approvals.approve")}
            </Button>
          </div>
        </form>
      )}
    </article>
  );
}
