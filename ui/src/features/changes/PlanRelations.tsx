// How a plan hangs together with others: what it undoes, what undoes it, what it was made again from.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PlanSummary } from "../../generated/types";
import type { Opened } from "./ChangesPlace";
import { Differences } from "./Differences";
import classes from "./PlanDetail.module.css";

type Props = {
  connection: string;
  plan: PlanSummary;
  plans: readonly PlanSummary[];
  onOpen: (next: Opened) => void;
};

export function PlanRelations({ connection, plan, plans, onOpen }: Props) {
  const { t } = useTranslation();
  const undone = plans.find(({ id }) => id === plan.undoes);
  const undoing = plans.find(
    ({ undoes, state }) => undoes === plan.id && state !== "canceled" && state !== "replaced",
  );
  const next = plans.find(({ id }) => id === plan.replaced_by);
  const before = plans.find(({ replaced_by }) => replaced_by === plan.id);
  const link = (key: "undoes" | "undone_by" | "replaced_by", other: PlanSummary) => (
    <div className={classes.note} key={key}>
      <span className={classes.noteWords}>{t(`plans.relations.${key}`, { title: other.title })}</span>
      <Button size="compact-sm" variant="default" onClick={() => onOpen({ plan: other.id })}>
        {t("plans.open")}
      </Button>
    </div>
  );
  return (
    <>
      {undone && link("undoes", undone)}
      {undoing && link("undone_by", undoing)}
      {next && link("replaced_by", next)}
      {before && <Differences key={before.id} connection={connection} before={before} plan={plan} />}
    </>
  );
}
