// What a person does to the question of People without writing it: each act is asked at once.
import { useCallback, useMemo } from "react";
import type { FilterReading, RecentQuestion, Source } from "../../generated/types";
import { useAct } from "../../shared/errors/notify";
import { afterClick } from "../facets/narrow";
import { EVERYBODY, withoutLast, withReading } from "../query/query";
import { readFilter } from "../query/reads";
import { asRead } from "../views/views";
import { type Panels, type PeopleView, withQuestion } from "./view";

type Change = (update: (view: PeopleView) => PeopleView) => void;

const { text: noText, filter: noFilter, json: noJson } = EVERYBODY;
/** What of the bar a cleared question changes: not its face. */
const NOTHING = { text: noText, filter: noFilter, json: noJson };

export function useQuestionActs(connection: string, view: PeopleView, change: Change) {
  const act = useAct();
  /** Asks a question that was not typed: read first, so that it is asked as it is written. */
  const askText = useCallback(
    (text: string, more: { source?: Source } = {}) =>
      act(async () => {
        const reading = await readFilter(connection, "text", text);
        change((now) =>
          withQuestion({ ...now, ...more, truth: "matching" }, asRead(now.query, text, reading)),
        );
      }),
    [act, change, connection],
  );
  const shorter = view.asked.filter === null ? null : withoutLast(view.asked.filter);
  const dropLast = () =>
    act(async () => {
      if (shorter === null) return;
      const reading = await readFilter(connection, "json", shorter);
      change((now) => withQuestion(now, withReading(now.query, reading)));
    });
  const steady = useMemo(
    () => ({
      clear: () =>
        change((now) =>
          withQuestion({ ...now, search: "", truth: "matching" }, { ...now.query, ...NOTHING }),
        ),
      show: (reading: FilterReading) =>
        change((now) => withQuestion({ ...now, truth: "matching" }, withReading(now.query, reading))),
      setSource: (source: Source) => change((now) => ({ ...now, source, as_of: null })),
      arrange: (panels: Partial<Panels>) =>
        change((now) => ({ ...now, panels: { ...now.panels, ...panels } })),
      past: (as_of: number | null) => change((now) => ({ ...now, as_of })),
      togglePast: () =>
        change((now) => {
          const past = !now.panels.past;
          return { ...now, source: past ? "mirror" : now.source, panels: { ...now.panels, past } };
        }),
      togglePossible: () =>
        change((now) => ({ ...now, truth: now.truth === "possible" ? "matching" : "possible" })),
    }),
    [change],
  );
  const askAgain = useCallback(({ text, source }: RecentQuestion) => askText(text, { source }), [askText]);
  return {
    ...steady,
    askText,
    askAgain,
    pickFacet: (clause: string, wanted: "in" | "out") => askText(afterClick(view.asked.text, clause, wanted)),
    /** Null if there is no condition to drop but the only one. */
    dropLast: shorter === null ? null : dropLast,
  };
}
