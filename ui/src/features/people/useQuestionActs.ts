// What a person does to the question of People without writing it: each act is asked at once.
import { useCallback, useMemo } from "react";
import type { FilterReading, RecentQuestion, Source } from "../../generated/types";
import { useAct } from "../../shared/errors/notify";
import { cleared, withoutLast, withReading } from "../query/query";
import { readFilter } from "../query/reads";
import { type Panels, type PeopleView, withQuestion, withRead } from "./view";

type Change = (update: (view: PeopleView) => PeopleView) => void;
/** What decides the rows beside the question. */
type Scope = Pick<PeopleView, "source" | "as_of" | "search">;

export function useQuestionActs(connection: string, view: PeopleView, change: Change) {
  const act = useAct();
  /** Asks a question that was not typed: read first, so that it is asked as it is written. With
   * problems the rows stay as they are. */
  const ask = useCallback(
    (text: string, scope: Partial<Scope>) =>
      act(async () => {
        const reading = await readFilter(connection, "text", text);
        const fits = reading.problems.length === 0;
        change((now) => withRead(fits ? { ...now, ...scope, truth: "matching" } : now, text, reading));
      }),
    [act, change, connection],
  );
  const askText = useCallback((text: string) => ask(text, {}), [ask]);
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
        change((now) => withQuestion({ ...now, search: "", truth: "matching" }, cleared(now.query))),
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
  // It was asked of now, and of everybody who matches: a past sync or a search would answer another one.
  const askAgain = useCallback(
    ({ text, source }: RecentQuestion) => ask(text, { source, as_of: null, search: "" }),
    [ask],
  );
  return {
    ...steady,
    askText,
    askAgain,
    /** Null if there is no condition to drop but the only one. */
    dropLast: shorter === null ? null : dropLast,
  };
}
