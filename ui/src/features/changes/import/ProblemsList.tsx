// The rows that cannot be planned: the line, the field, and why.
import { useTranslation } from "react-i18next";
import type { ActForm, ActViolation, ImportChecked } from "../../../generated/types";
import { useActWords } from "../../../shared/acts/useActWords";
import { useFormat } from "../../../shared/format/useFormat";
import classes from "./Import.module.css";
import { useFieldName } from "./useFieldName";

export function ProblemsList({ form, checked }: { form: ActForm; checked: ImportChecked }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useActWords();
  const fieldName = useFieldName(form);
  const { problems, bad } = checked;
  const rest = bad - problems.length;
  const told = (own: ActViolation) =>
    [own.path && fieldName(own.path), words.violation(own)].filter(Boolean).join(": ");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrows
    <section className={classes.problems} aria-label={t("import.problems")} tabIndex={0}>
      <ul>
        {problems.map(({ line, violations }) => (
          <li key={line}>
            <span className={classes.line}>{t("import.line", { n: format.number(line) })}</span>
            <span className={classes.whys}>
              {violations.map((own) => (
                <span key={`${own.path} ${own.message}`}>{told(own)}</span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <p className={classes.quiet}>{t("plans.more_problems", { count: rest, n: format.number(rest) })}</p>
      )}
    </section>
  );
}
