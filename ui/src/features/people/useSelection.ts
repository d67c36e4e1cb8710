// Whom a person selected among the rows; the rows of another question begin with nobody.
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { NOBODY, type Selection } from "../../shared/grid/selection";
import { announce } from "../../shared/states/announce";
import { showNotice } from "../../shared/states/notice";

const isEmpty = ({ kind, ids }: Selection) => kind === "ids" && ids.size === 0;

/** `question`: names whom the rows answer for. */
export function useSelection(question: string) {
  const { t } = useTranslation();
  const [kept, setKept] = useState({ of: question, value: NOBODY });
  useEffect(() => {
    if (kept.of === question) return;
    setKept({ of: question, value: NOBODY });
    if (isEmpty(kept.value)) return;
    announce(t("selection.dropped"));
    showNotice({ tone: "done", title: t("selection.dropped"), message: t("selection.dropped_why") });
  }, [kept, question, t]);
  const select = useCallback((value: Selection) => setKept({ of: question, value }), [question]);
  return [kept.of === question ? kept.value : NOBODY, select] as const;
}
