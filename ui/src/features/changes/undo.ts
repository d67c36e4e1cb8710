// Taking back: the plan that undoes another is made and opened; it is never sent by itself.
import i18next from "i18next";
import type { PlanMade, PlanSummary } from "../../generated/types";
import { call } from "../../host";
import { countOf } from "../../shared/reads/plans";
import { showNotice } from "../../shared/states/notice";

/** Makes the plan that undoes another one, and says what has no way back. */
export async function undoPlan(connection: string, plan: PlanSummary): Promise<PlanMade> {
  const { t } = i18next;
  const title = t("plans.undo_title", { title: plan.title });
  const made = await call("plan_undo", { connection, plan: plan.id, title });
  const back = (made.plan?.steps ?? 0) + made.unchanged.length + made.problems.length;
  const lost = Math.max(0, countOf(plan, "applied", "accepted") - back);
  if (lost > 0)
    showNotice({
      tone: "warn",
      title: made.plan ? t("plans.undo_made") : t("plans.undo_nothing"),
      message: t("plans.undo_lost", { count: lost }),
    });
  return made;
}
