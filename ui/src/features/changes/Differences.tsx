// What a plan that was made again says otherwise than the one before.
import { Collapse, UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlanStep, PlanSummary } from "../../generated/types";
import { call } from "../../host";
import { useActWords } from "../../shared/acts/useActWords";
import { useFormat } from "../../shared/format/useFormat";
import { countOf } from "../../shared/reads/plans";
import classes from "./Differences.module.css";
import { differing, type StepDifference } from "./differing";

/** So many steps are read at once. */
const PART = 500;
/** So many differences are shown. */
const MOST = 200;

/** Every step that a plan still wants, or of which `all` are wanted. */
async function stepsOf(connection: string, plan: PlanSummary, all: boolean): Promise<PlanStep[]> {
  const states = all ? [] : (["waiting", "rejected", "superseded"] as const);
  const steps: PlanStep[] = [];
  for (;;) {
    const offset = steps.length;
    const question = { connection, plan: plan.id, states: [...states], mark: null, offset, limit: PART };
    const { rows, total } = await call("plan_steps", question);
    steps.push(...rows.map(({ step }) => step));
    if (rows.length === 0 || steps.length >= total) return steps;
  }
}

type Props = { connection: string; before: PlanSummary; plan: PlanSummary };

export function Differences({ connection, before, plan }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [opened, setOpened] = useState(true);
  const read = useQuery({
    queryKey: ["plans", connection, "differences", before.id, plan.id],
    queryFn: async () =>
      differing(await stepsOf(connection, before, false), await stepsOf(connection, plan, true)),
  });
  const found = read.data;
  if (!found) return null;
  const done = countOf(before, "applied", "accepted", "already_so");
  const words = [
    found.length === 0
      ? t("plans.differences.none")
      : t("plans.differences.some", { count: found.length, n: format.number(found.length) }),
    done > 0 && t("plans.differences.done", { count: done, n: format.number(done) }),
  ];
  return (
    <section className={classes.differences} aria-label={t("plans.differences.label")}>
      <UnstyledButton
        className={classes.head}
        aria-expanded={found.length > 0 ? opened : undefined}
        onClick={() => setOpened(!opened)}
      >
        {found.length > 0 && (
          <IconChevronRight
            size={15}
            aria-hidden
            className={classes.chevron}
            data-open={opened || undefined}
          />
        )}
        <span>{words.filter(Boolean).join(" ")}</span>
      </UnstyledButton>
      {found.length > 0 && (
        <Collapse expanded={opened}>
          <ul className={classes.list}>
            {found.slice(0, MOST).map((own) => (
              <Difference key={`${own.how} ${own.step.no}`} difference={own} />
            ))}
          </ul>
          {found.length > MOST && (
            <p className={classes.more}>
              {t("plans.differences.more", {
                count: found.length - MOST,
                n: format.number(found.length - MOST),
              })}
            </p>
          )}
        </Collapse>
      )}
    </section>
  );
}

function Difference({ difference: { how, step, fields } }: { difference: StepDifference }) {
  const { t } = useTranslation();
  const words = useActWords();
  const about = step.target ? words.target(step.target) : "";
  return (
    <li>
      <strong>{[words.act(step.kind), about].filter(Boolean).join(" · ")}</strong>:{" "}
      {how === "changed"
        ? fields
            .map(({ path, was, is }) => {
              const field = words.field(path);
              if (!was) return t("plans.differences.field_added", { field });
              if (!is) return t("plans.differences.field_dropped", { field });
              return t("plans.differences.field", {
                field,
                was: words.fact(path, was.before),
                is: words.fact(path, is.before),
              });
            })
            .join("; ")
        : t(`plans.differences.${how}`)}
    </li>
  );
}
