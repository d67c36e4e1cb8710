// Under the text: where it cannot be understood, and what was expected there.
import { IconAlertTriangle } from "@tabler/icons-react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError, FilterProblem } from "../../generated/types";
import { useErrorWords } from "../../shared/errors/useErrorWords";
import { useFormat } from "../../shared/format/useFormat";
import classes from "./ProblemLine.module.css";

/** A problem as a sentence: in English as the engine says it, else what was expected. */
export function useProblemWords(): (problem: FilterProblem) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    ({ from, path, message, expected }: FilterProblem) => {
      const english = i18n.language === "en" || expected.length === 0;
      const what = english ? message : t("query.problem.expected", { list: expected.join("  ") });
      return path ? `${path}: ${what}` : t("query.problem.at", { n: from + 1, what });
    },
    [t, i18n.language],
  );
}

type Props = {
  id: string;
  problems: readonly FilterProblem[];
  error?: ApiError | null;
  onShow?: (problem: FilterProblem) => void;
};

export function ProblemLine({ id, problems, error, onShow }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useProblemWords();
  const errors = useErrorWords();
  const [first, ...more] = problems;
  if (!first && !error) return null;
  return (
    <p className={classes.problem} id={id}>
      <IconAlertTriangle size={15} className={classes.icon} aria-hidden />
      {first ? (
        <>
          <span>{words(first)}</span>
          {onShow && (
            <button type="button" className={classes.show} onClick={() => onShow(first)}>
              {t("query.problem.show")}
            </button>
          )}
          {more.length > 0 && (
            <span className={classes.more}>
              {t("query.problem.more", { count: more.length, n: format.number(more.length) })}
            </span>
          )}
        </>
      ) : (
        error && <span>{`${errors(error).title}. ${errors(error).body}`}</span>
      )}
    </p>
  );
}
