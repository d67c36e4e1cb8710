// Under the text: where it cannot be understood, and what was expected there.
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { FilterProblem } from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import classes from "./ProblemLine.module.css";
import { useProblemWords } from "./problemWords";

type Props = {
  id: string;
  problems: readonly FilterProblem[];
  /** Why nothing can be understood now. */
  refusal?: string | null;
  onShow?: (problem: FilterProblem) => void;
};

export function ProblemLine({ id, problems, refusal, onShow }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useProblemWords();
  const [first, ...more] = problems;
  if (!first && !refusal) return null;
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
        <span>{refusal}</span>
      )}
    </p>
  );
}
