// What is wrong with a question, in the words of the person.
import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { FilterProblem } from "../../generated/types";

export type ProblemWords = (problem: FilterProblem) => string;

/** What is wrong; what this version has no text for, in English as the engine says it. */
export function problemSaid({ code, values, expected, message }: FilterProblem, t: TFunction): string {
  if (code === null) return message;
  const wants = values.wants === undefined ? "" : t(`query.problem.wants.${values.wants}`, values.wants);
  const list = expected.join("  ");
  return t(`query.problem.codes.${code}`, { ...values, wants, list, defaultValue: message });
}

/** Problems where their place is shown. */
export function useProblemSaid(): ProblemWords {
  const { t } = useTranslation();
  return useCallback((problem) => problemSaid(problem, t), [t]);
}

/** Problems with their place. */
export function useProblemWords(): ProblemWords {
  const { t } = useTranslation();
  return useCallback(
    (problem) => {
      const { from, path } = problem;
      const what = problemSaid(problem, t);
      return path ? `${path}: ${what}` : t("query.problem.at", { n: from + 1, what });
    },
    [t],
  );
}
