// What is done with plans and a second person: asking one, and taking in what was said.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, PlanFileOpening, PlanSummary } from "../../generated/types";
import { call, chooseSave } from "../../host";
import { useAct } from "../../shared/errors/notify";
import { announce } from "../../shared/states/announce";
import { showNotice } from "../../shared/states/notice";
import { fileName } from "../taking/exporting";
import { PLAN_FILE } from "./dialogs";

/** Writes a plan to a signed file, to be sent to a second person. */
export function useAskSecondPerson() {
  const { t } = useTranslation();
  const act = useAct();
  return useCallback(
    (connection: Pick<Connection, "id">, plan: Pick<PlanSummary, "id" | "title">) =>
      act(async () => {
        const name = fileName("plan", plan.title, new Date(), PLAN_FILE);
        const path = await chooseSave({ name, extension: PLAN_FILE, title: t("approvals.ask") });
        if (path === null) return;
        const written = await call("plan_export", { connection: connection.id, plan: plan.id, path });
        const message = t("approvals.asked_text", { path: written.path });
        showNotice({ tone: "done", title: t("approvals.asked"), message });
        announce(`${t("approvals.asked")}. ${message}`);
      }),
    [act, t],
  );
}

/** Takes in what somebody said of a plan of a connection; true if it was. */
export function useReadApproval() {
  const { t } = useTranslation();
  const act = useAct();
  return useCallback(
    (connection: string, opening: PlanFileOpening) =>
      act(async () => {
        const { rows } = await call("approval_read", { connection, ...opening });
        const last = rows.at(-1);
        if (!last) return;
        const title = t(`approvals.said.${last.decision}`);
        const message = t("approvals.taken_in", { name: last.signer.name ?? last.signer.account });
        showNotice({ tone: last.decision === "approved" ? "done" : "warn", title, message });
        announce(`${title}. ${message}`);
      }),
    [act, t],
  );
}
