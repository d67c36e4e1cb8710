// The rule that allows a step, where that is written, and what undoing it can bring back.
import { useTranslation } from "react-i18next";
import { useActWords } from "../acts/useActWords";
import classes from "./StepPanel.module.css";
import type { StepRow } from "./steps";

export function StepRules({ row: { step } }: { row: StepRow }) {
  const { t } = useTranslation();
  const words = useActWords();
  const lost = step.not_restored.map(words.field).join(", ");
  return (
    <>
      <section className={classes.section} aria-label={t("plans.columns.rule")}>
        <h4>{t("plans.columns.rule")}</h4>
        <ul className={classes.rules}>
          {step.allowed.map(({ action, answer, rows }) => (
            <li key={action}>
              <code className="selectable">{action}</code> · {t(`plans.permitted.${answer}`)}
              {rows.map((rule) => (
                <p key={`${rule.role} ${rule.action} ${rule.scope}`} className={classes.quiet}>
                  {[
                    t(`roles.${rule.role}`, { defaultValue: rule.role }),
                    t(`plans.scopes.${rule.scope}`, { defaultValue: rule.scope }),
                    t("plans.source", { letter: rule.source }),
                  ].join(" · ")}
                </p>
              ))}
            </li>
          ))}
        </ul>
        {step.reading_only && <p className={classes.quiet}>{t("plans.marks.reading_only_text")}</p>}
      </section>
      <section className={classes.section} aria-label={t("plans.columns.undo")}>
        <h4>{t("plans.columns.undo")}</h4>
        <p>
          {t(`plans.undo_texts.${step.undo}`)} {lost && t("plans.not_restored", { fields: lost })}
        </p>
      </section>
    </>
  );
}
