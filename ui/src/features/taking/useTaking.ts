// Takes people out of the window: to the clipboard, or to a file.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CopyFormat, ViewColumn } from "../../generated/types";
import { call } from "../../host";
import { useAct } from "../../shared/errors/notify";
import { useFormat } from "../../shared/format/useFormat";
import { EVERYBODY, type Selection } from "../../shared/grid/selection";
import { putJob } from "../../shared/reads/sync";
import { announce } from "../../shared/states/announce";
import { showNotice } from "../../shared/states/notice";
import { useColumnNames } from "../people/useColumnNames";
import type { AskedPeople } from "../people/usePeopleRows";
import { selectedText, selectedWho } from "../people/view";
import { copyPeople } from "./clipboard";
import type { ExportChoice } from "./ExportDialog";

export type Taking = ReturnType<typeof useTaking>;

/** `shown`: what the rows on the screen answer. */
type Options = { shown: AskedPeople; columns: readonly ViewColumn[]; selection: Selection };

export function useTaking({ shown, selection, ...view }: Options) {
  const { t } = useTranslation();
  const act = useAct();
  const format = useFormat();
  const name = useColumnNames();
  const columns = useMemo(() => view.columns.map(({ id }) => id), [view.columns]);
  const headings = useMemo(() => columns.map(name), [columns, name]);
  const { who, sort, text } = shown;

  const copy = (as: CopyFormat) =>
    act(async () => {
      const request = { who: selectedWho(who, selection), sort, columns, headings, format: as };
      const { count } = await copyPeople(request);
      const words = t("taking.copied", { count, n: format.number(count) });
      announce(words);
      showNotice({ tone: "done", title: words, message: t(`taking.copy_as.${as}`) });
    });
  const write = async ({ whom, ...choice }: ExportChoice) => {
    const taken = whom === "all" ? EVERYBODY : selection;
    const people = { who: selectedWho(who, taken), text: selectedText(text, taken), sort, columns, headings };
    putJob(await call("people_export", { ...people, ...choice }));
  };
  return { copy, write, headings };
}
