// Choosing a part of a facet narrows what stands in the bar, asked or not: nothing that was typed is lost.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../shared/errors/notify";
import { showNotice } from "../../shared/states/notice";
import { type PeopleView, withRead } from "../people/view";
import { useProblemWords } from "../query/problemWords";
import { readFilter } from "../query/reads";
import { type FacetState, withFacet } from "./narrow";

type Change = (update: (view: PeopleView) => PeopleView) => void;

/** `text`: what stands in the bar. */
export function useNarrowing(connection: string, text: string, change: Change) {
  const { t } = useTranslation();
  const act = useAct();
  const problemWords = useProblemWords();
  return useCallback(
    (clause: string, state: FacetState) => {
      const narrow = async (typed: string): Promise<void> => {
        const [problem] = (await readFilter(connection, "text", typed)).problems;
        if (problem) {
          const message = `${problemWords(problem)} · ${t("facets.unread_text")}`;
          return showNotice({ tone: "warn", title: t("facets.unread"), message });
        }
        const narrower = withFacet(typed, clause, state);
        const reading = await readFilter(connection, "text", narrower);
        let now = typed;
        change((view) => {
          now = view.query.text;
          return now === typed ? withRead({ ...view, truth: "matching" }, narrower, reading) : view;
        });
        // What was typed in the meantime is narrowed in its place.
        if (now !== typed) return narrow(now);
      };
      return act(() => narrow(text));
    },
    [act, change, connection, problemWords, t, text],
  );
}
