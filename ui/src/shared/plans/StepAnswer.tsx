// What came of a step: the vendor's answer, or why it was not sent.
import { useTranslation } from "react-i18next";
import { useActWords } from "../acts/useActWords";
import { useFormat } from "../format/useFormat";
import { CopyButton } from "../states/CopyButton";
import classes from "./StepPanel.module.css";
import type { StepRow } from "./steps";

/** A field of which the reason speaks: its name stands in the message. */
const NAMES_A_FIELD = "read_back_differs";

export function StepAnswer({ row }: { row: StepRow }) {
  const { t } = useTranslation();
  const words = useActWords();
  const format = useFormat();
  const { request_id, sent_at, ended_at, made, status, vendor_code, reason, message, state } = row;
  if (state === "waiting" && request_id === null) return null;
  const said = [status, vendor_code].filter(Boolean).join(" ");
  return (
    <section className={classes.section} aria-label={t("plans.step.answer")}>
      <h4>{t("plans.step.answer")}</h4>
      {reason && <p>{t(`plans.reasons.${reason}`)}</p>}
      {message && <p className="selectable">{reason === NAMES_A_FIELD ? words.field(message) : message}</p>}
      <dl className={classes.pairs}>
        {made && (
          <div>
            <dt>{t("plans.step.made")}</dt>
            <dd className="selectable">
              {words.target(made)} · {words.thing(made.thing)} {made.id}
              <CopyButton value={made.id} name={t("columns.id")} />
            </dd>
          </div>
        )}
        {said && (
          <div>
            <dt>{t("plans.step.status")}</dt>
            <dd className="selectable num">{said}</dd>
          </div>
        )}
        {sent_at !== null && (
          <div>
            <dt>{t("plans.step.sent_at")}</dt>
            <dd className="num">{format.momentExact(sent_at / 1000)}</dd>
          </div>
        )}
        {ended_at !== null && (
          <div>
            <dt>{t("plans.step.ended_at")}</dt>
            <dd className="num">{format.momentExact(ended_at / 1000)}</dd>
          </div>
        )}
        {request_id && (
          <div>
            <dt>{t("plans.step.request")}</dt>
            <dd>
              <code className="selectable" title={request_id}>
                {request_id}
              </code>
              <CopyButton value={request_id} name={t("plans.step.request")} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
