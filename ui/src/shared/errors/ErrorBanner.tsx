// An error above rows that stay: one line and its button.
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ApiError } from "../../generated/types";
import classes from "./ErrorBanner.module.css";
import { RemedyButton } from "./RemedyButton";
import type { Remedies } from "./remedies";
import { useErrorWords, violationWords } from "./useErrorWords";

type Props = {
  error: ApiError;
  remedies: Remedies;
  /** In the place of the general words, where a place knows better. */
  title?: string;
  body?: string;
};

export function ErrorBanner({ error, remedies, title, body }: Props) {
  const words = useErrorWords()(error);
  return (
    <div className={classes.banner} role="alert">
      <IconAlertTriangle size={18} className={classes.icon} aria-hidden />
      <div className={classes.words}>
        <strong className={classes.title}>{title ?? words.title}</strong> <span>{body ?? words.body}</span>
        {words.vendor && <span className={classes.vendor}> {words.vendor}</span>}
        <Violations error={error} />
      </div>
      <RemedyButton error={error} remedies={remedies} variant="default" size="xs" />
    </div>
  );
}

/** Where exactly a refused request was wrong. */
export function Violations({ error }: { error: ApiError }) {
  const { t } = useTranslation();
  const violations = error.details.violations ?? [];
  if (violations.length === 0) return null;
  return (
    <ul className={classes.violations}>
      {violations.map((violation) => (
        <li key={`${violation.path} ${violation.message}`}>
          <code>{violation.path}</code> {violationWords(t, violation)}
        </li>
      ))}
    </ul>
  );
}
