// The rows of People: the question of the view, page by page.
import { useCallback, useRef } from "react";
import type { PeopleAnswer, PersonRow } from "../../generated/types";
import { call } from "../../host";
import { BLOCK, type Block } from "../../shared/grid/blocks";
import { useRows } from "../../shared/grid/useRows";
import { keys } from "../../shared/reads/keys";
import { type PeopleView, toSort, toWho } from "./view";

export type PeopleBlock = Block<PersonRow> & {
  /** How many surely match, and how many more may, whichever of them the rows are. */
  matching: number;
  possible: number;
  as_of: number;
};

const toBlock = ({ total, possible, offset, rows, as_of }: PeopleAnswer, view: PeopleView): PeopleBlock => ({
  total: view.truth === "possible" ? possible : total,
  matching: total,
  possible,
  offset,
  rows,
  as_of,
});

export function usePeopleRows(view: PeopleView, connection: string, enabled: boolean) {
  const who = toWho(view, connection);
  const sort = toSort(view);
  const name = JSON.stringify({ who, sort });
  // A question is kept among the recent ones when it is asked, not whenever its rows are read again.
  const remembered = useRef("");
  const plain = view.search.trim() === "" && view.as_of === null && view.truth === "matching";
  const text = plain ? view.asked.text.trim() : "";
  const page = (offset: number) => ({ who, sort, offset, limit: BLOCK, remember: null });
  const ask = async (offset: number) => {
    const mark = `${connection} ${view.source} ${text}`;
    const fresh = offset === 0 && text !== "" && remembered.current !== mark;
    if (fresh) remembered.current = mark;
    return toBlock(await call("people_query", { ...page(offset), remember: fresh ? text : null }), view);
  };
  const rows = useRows<PeopleBlock>({
    name,
    origin: view.source,
    // biome-ignore lint/correctness/useExhaustiveDependencies: `name` is the question, as a value
    keyOf: useCallback((offset: number) => [...keys.people(page(offset)), "block"], [name]),
    // biome-ignore lint/correctness/useExhaustiveDependencies: `name` is the question, as a value
    ask: useCallback(ask, [name]),
    enabled,
  });
  // A search that is typed is no new question to the bar.
  const answered = useRef(who.filter);
  if (!rows.stale) answered.current = who.filter;
  return { rows, who, sort, asking: rows.stale && answered.current !== who.filter };
}

export type PeopleRows = ReturnType<typeof usePeopleRows>["rows"];
