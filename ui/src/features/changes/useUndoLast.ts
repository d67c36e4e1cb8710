// Taking back the last change from anywhere: the plan that undoes it is made and opened, never sent.
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Connection } from "../../generated/types";
import { call } from "../../host";
import { useAct } from "../../shared/errors/notify";
import { queryClient } from "../../shared/reads/client";
import { keys } from "../../shared/reads/keys";
import { showNotice } from "../../shared/states/notice";
import { noteMade } from "./made";
import { lastToUndo } from "./possible";
import { undoPlan } from "./undo";

export function useUndoLast(connection: Connection | null, onOpen: (plan: string) => void) {
  const { t } = useTranslation();
  const act = useAct();
  const busy = useRef(false);
  if (!connection) return null;
  return async () => {
    // Its keys pressed twice would make two plans of the same.
    if (busy.current) return;
    busy.current = true;
    await act(async () => {
      const plans = await queryClient.fetchQuery({
        queryKey: keys.plans(connection.id),
        queryFn: () => call("plans_list", { connection: connection.id }),
      });
      const last = lastToUndo(plans);
      const nothing = () =>
        showNotice({ tone: "done", title: t("plans.undo_none"), message: t("plans.undo_none_text") });
      if (!last) return nothing();
      if ("open" in last) return onOpen(last.open);
      const plan = plans.find(({ id }) => id === last.undo);
      const made = plan && (await undoPlan(connection.id, plan));
      if (made) noteMade(made, plan.id);
      if (made?.plan) onOpen(made.plan.id);
      else if (plan) onOpen(plan.id);
    });
    busy.current = false;
  };
}
