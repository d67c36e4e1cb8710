// Shows a saved view in People, and says what of it this version cannot read.
import { useTranslation } from "react-i18next";
import type { View } from "../../generated/types";
import { useAct } from "../../shared/errors/notify";
import { showNotice } from "../../shared/states/notice";
import { openViewDialog } from "./dialogs";
import { showView } from "./views";

export function useShowSaved() {
  const { t } = useTranslation();
  const act = useAct();
  return (connection: string, view: View, onShown?: () => void) => {
    const { id, name, state, problems } = view;
    if (state === null) return openViewDialog({ kind: "unread", connection, view });
    act(async () => {
      await showView(connection, state, id);
      if (problems.length > 0) {
        const message = problems.map((problem) => problem.message).join("; ");
        showNotice({ tone: "warn", title: t("views.partly_read", { name }), message });
      }
      onShown?.();
    });
  };
}
