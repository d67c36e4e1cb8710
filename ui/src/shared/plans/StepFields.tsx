// The fields of a step, before and after; where somebody else changed them too, three beside each other.
import { useTranslation } from "react-i18next";
import { ActFact, ActValue } from "../acts/ActValue";
import { useActWords } from "../acts/useActWords";
import classes from "./StepPanel.module.css";
import { isSent, type StepRow } from "./steps";

/** How a secret of a step stands. */
function standing({ held, untaken, state }: StepRow, path: string) {
  if (untaken.includes(path)) return isSent(state) ? "untaken_sent" : "untaken_held";
  if (held.includes(path)) return "held";
  return state === "waiting" || state === "rejected" ? "needed" : "gone";
}

export function StepFields({ row }: { row: StepRow }) {
  const { t } = useTranslation();
  const words = useActWords();
  const { step, violations, conflicts } = row;
  const makes = step.target === null;
  const paths = new Set([...step.changes.map(({ path }) => path), ...step.secrets]);
  const elsewhere = violations.filter(({ path }) => !paths.has(path));
  const columns = makes ? 2 : 3;
  /** What is wrong with a field, a row each below it. */
  const wrongBelow = (path: string) =>
    violations
      .filter((own) => own.path === path)
      .map((own) => (
        <tr key={`${path} ${own.message}`} className={classes.under}>
          <td colSpan={columns} className={classes.wrong}>
            {words.violation(own)}
          </td>
        </tr>
      ));
  return (
    <>
      {(step.changes.length > 0 || step.secrets.length > 0) && (
        <table className={classes.fields}>
          <thead>
            <tr>
              <th scope="col">{t("plans.step.field")}</th>
              {!makes && <th scope="col">{t("plans.step.before")}</th>}
              <th scope="col">{makes ? t("plans.step.value") : t("plans.step.after")}</th>
            </tr>
          </thead>
          <tbody>
            {step.changes.map(({ path, before, after }) => [
              <tr key={path}>
                <th scope="row">{words.field(path)}</th>
                {!makes && (
                  <td>
                    <ActFact path={path} fact={before} />
                  </td>
                )}
                <td className={classes.after}>
                  <ActValue path={path} value={after} />
                </td>
              </tr>,
              ...wrongBelow(path),
            ])}
            {step.secrets.map((path) => [
              <tr key={path}>
                <th scope="row">{words.field(path)}</th>
                <td colSpan={columns - 1}>{t(`plans.secret.${standing(row, path)}`)}</td>
              </tr>,
              ...wrongBelow(path),
            ])}
          </tbody>
        </table>
      )}
      {elsewhere.map((own) => (
        <p key={`${own.path} ${own.message}`} className={classes.wrong}>
          {[own.path && words.field(own.path), words.violation(own)].filter(Boolean).join(": ")}
        </p>
      ))}
      {conflicts.length > 0 && (
        <section className={classes.section}>
          <h4>{t("plans.step.changed_meanwhile")}</h4>
          <table className={classes.fields}>
            <thead>
              <tr>
                <th scope="col">{t("plans.step.field")}</th>
                <th scope="col">{t("plans.step.before")}</th>
                <th scope="col">{t("plans.step.yours")}</th>
                <th scope="col">{t("plans.step.theirs")}</th>
              </tr>
            </thead>
            <tbody>
              {conflicts.map(({ path, base, mine, theirs }) => (
                <tr key={path}>
                  <th scope="row">{words.field(path)}</th>
                  <td>
                    <ActFact path={path} fact={base} />
                  </td>
                  <td>
                    <ActValue path={path} value={mine} />
                  </td>
                  <td className={classes.after}>
                    <ActFact path={path} fact={theirs} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
