// Secrets of a plan that are not where they should be: passwords that are gone, and made ones that nobody has yet.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PlanSummary } from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import classes from "./PlanDetail.module.css";

type Props = { plan: PlanSummary; onStep: (no: number) => void };

/** In these nothing was sent yet: what is made can still be copied at leisure. */
const NOT_BEGUN = new Set<PlanSummary["state"]>(["made", "queued"]);
/** In these nothing is sent any more. */
const GIVEN_UP = new Set<PlanSummary["state"]>(["canceled", "replaced"]);

export function SecretsNote({ plan, onStep }: Props) {
  const { untaken, missing } = plan;
  const needed = GIVEN_UP.has(plan.state) ? 0 : missing.waiting + missing.rejected;
  const waiting = NOT_BEGUN.has(plan.state) ? 0 : untaken.count;
  return (
    <>
      <Note of="missing" count={needed} first={missing.first} onStep={onStep} />
      <Note of="untaken" count={waiting} first={untaken.first} onStep={onStep} />
    </>
  );
}

type NoteProps = {
  of: "missing" | "untaken";
  count: number;
  /** The first step of them. */
  first: number | null;
  onStep: (no: number) => void;
};

function Note({ of, count, first, onStep }: NoteProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (count === 0) return null;
  return (
    <div className={classes.note} role="status" data-warn>
      <span className={classes.noteWords}>{t(`plans.secret.${of}`, { count, n: format.number(count) })}</span>
      {first !== null && (
        <Button size="compact-sm" variant="default" onClick={() => onStep(first)}>
          {t("plans.secret.to_step", { no: first })}
        </Button>
      )}
    </div>
  );
}
