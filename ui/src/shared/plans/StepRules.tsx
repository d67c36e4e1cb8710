// The rule that allows a step, where that is written, and what undoing it can bring back.
import { useTranslation } from "react-i18next";
import { useActWords } from "../acts/useActWords";
import { ruleAddress } from "../rules/rules";
import classes from "./StepPanel.module.css";
import type { StepRow } from "./steps";

type Props = {
  row: StepRow;
  /** The connection in whose Roles the rules are shown; null: nobody can go there from here. */
  rulesOf: string | null;
};

export function StepRules({ row: { step }, rulesOf }: Props) {
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
                    t("plans.source", { title: rule.source }),
                  ].join(" · ")}
                </p>
              ))}
              {rulesOf !== null && rows[0] && (
                <a className={classes.link} href={ruleAddress(rulesOf, { role: rows[0].role, action })}>
                  {t("rules.show_rule")}
                </a>
              )}
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
