// What making a plan left out: what is so already, and what cannot be planned, with the reasons.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PlanMade } from "../../generated/types";
import { useActWords } from "../../shared/acts/useActWords";
import { useFormat } from "../../shared/format/useFormat";
import classes from "./PlanDetail.module.css";

/** More would push the plan out of sight. */
const MOST = 5;

export function PlanMadeNote({ made, onClose }: { made: PlanMade; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useActWords();
  const format = useFormat();
  const { problems, unchanged } = made;
  const rest = problems.length - MOST;
  return (
    <div className={classes.note} role="status" data-warn={problems.length > 0 || undefined}>
      <div className={classes.noteWords}>
        {!made.plan && <strong>{t(problems.length > 0 ? "plans.none_right" : "plans.none_made")}</strong>}
        {unchanged.length > 0 && (
          <span>{t("plans.unchanged", { count: unchanged.length, n: format.number(unchanged.length) })}</span>
        )}
        {problems.length > 0 && (
          <>
            <span>{t("plans.problems", { count: problems.length, n: format.number(problems.length) })}</span>
            <ul>
              {problems.slice(0, MOST).map(({ index, violations }) => (
                <li key={index}>
                  {format.number(index + 1)}.{" "}
                  {violations
                    .map((own) =>
                      [own.path && words.field(own.path), words.violation(own)].filter(Boolean).join(": "),
                    )
                    .join("; ")}
                </li>
              ))}
            </ul>
            {rest > 0 && <span>{t("plans.more_problems", { count: rest, n: format.number(rest) })}</span>}
          </>
        )}
      </div>
      <Button size="compact-sm" variant="default" onClick={onClose}>
        {t("close")}
      </Button>
    </div>
  );
}
