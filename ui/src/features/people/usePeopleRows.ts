// The rows of People: the question of the view, page by page.
import { useCallback, useRef } from "react";
import type { PeopleAnswer, PeopleSort, PersonRow, Who } from "../../generated/types";
import { call } from "../../host";
import { BLOCK, type Block } from "../../shared/grid/blocks";
import { useRows } from "../../shared/grid/useRows";
import { keys } from "../../shared/reads/keys";
import { type PeopleView, toSort, toWho } from "./view";

export type PeopleBlock = Block<PersonRow> & {
  /** How many surely match, and how many more may, whichever of them the rows are. */
  matching: number;
  possible: number;
};

const toBlock = ({ total, possible, offset, rows }: PeopleAnswer, view: PeopleView): PeopleBlock => ({
  total: view.truth === "possible" ? possible : total,
  matching: total,
  possible,
  offset,
  rows,
});

/** A question, as it is asked and as it is written. */
export type AskedPeople = { who: Who; sort: PeopleSort[]; text: string };

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
  // The rows answer the last question that was answered, which need not be the one that is wanted: whoever
  // is selected, copied or written to a file is one of those rows.
  const shown = useRef<AskedPeople>({ who, sort, text: view.asked.text });
  // A search that is typed is no new question to the bar.
  const asking = rows.stale && shown.current.who.filter !== who.filter;
  if (!rows.stale) shown.current = { who, sort, text: view.asked.text };
  return { rows, who, sort, shown: shown.current, asking };
}

export type PeopleRows = ReturnType<typeof usePeopleRows>["rows"];
