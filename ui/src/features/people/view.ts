// How a person arranged People: kept per connection, and what of it is asked.
import type {
  Connection,
  FacetBy,
  FilterReading,
  IdentifierKind,
  PeopleSort,
  PersonColumn,
  Source,
  ViewColumn,
  ViewState,
  Wanted,
  Who,
} from "../../generated/types";
import type { Cleared } from "../../shared/errors/remedies";
import { readArrangement, sameColumns } from "../../shared/grid/arrangement";
import type { Selection } from "../../shared/grid/selection";
import {
  type Asked,
  andClause,
  EVERYBODY,
  isEverybody,
  keptJson,
  type QueryState,
  readQuery,
  withReading,
} from "../query/query";

/** What stands beside and above the rows. */
export type Panels = {
  facets: boolean;
  side: "left" | "right";
  /** The groups of facets that are folded up. */
  folded: FacetBy[];
  /** The slider over past syncs. */
  past: boolean;
};

export type PeopleView = {
  /** The question as it stands in the bar. */
  query: QueryState;
  /** The question that the rows answer. */
  asked: Asked;
  search: string;
  source: Source;
  /** The mirror as a past sync left it, by the sync's id; null: as it is now. */
  as_of: number | null;
  truth: Wanted;
  sort: PeopleSort[];
  columns: ViewColumn[];
  panels: Panels;
  /** The saved view that was opened last. */
  saved: string | null;
};

const IDENTIFIERS: readonly IdentifierKind[] = ["vat", "apb", "riziv", "finess", "cip"];
export const COLUMN_IDS = [
  "name",
  "organization",
  "role",
  "id",
  ...IDENTIFIERS,
  "created_at",
  "updated_at",
  "last_changed",
  "presence",
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

/** What people can be sorted by. */
export const SORTS: readonly PersonColumn[] = [
  "id",
  "name",
  "organization",
  "role",
  "created_at",
  "updated_at",
  "last_changed",
];
const FACETS: readonly FacetBy[] = [
  "organization",
  "role",
  "vat",
  "apb",
  "riziv",
  "finess",
  "cip",
  "created_year",
  "changed",
];

/** The columns of a platform, in the order in which they are offered. */
export const columnIdsOf = (connection: Pick<Connection, "identifiers">): ColumnId[] =>
  COLUMN_IDS.filter((id) => !isIdentifier(id) || connection.identifiers.includes(id));

export const isIdentifier = (id: string): id is IdentifierKind => IDENTIFIERS.some((kind) => kind === id);

const column = (id: ColumnId): ViewColumn => ({ id, width: null, pinned: false });
export const USUAL_COLUMNS: readonly ViewColumn[] = [
  column("name"),
  column("organization"),
  column("role"),
  column("id"),
  column("created_at"),
  column("updated_at"),
];
export const USUAL_SORT: readonly PeopleSort[] = [{ by: "name", direction: "ASC" }];

/** What of a question is asked. */
export function asAsked({ text, filter }: Asked): Asked {
  return { text, filter };
}

export const FRESH_VIEW: PeopleView = {
  query: EVERYBODY,
  asked: asAsked(EVERYBODY),
  search: "",
  source: "mirror",
  as_of: null,
  truth: "matching",
  sort: [...USUAL_SORT],
  columns: [...USUAL_COLUMNS],
  panels: { facets: false, side: "left", folded: [], past: false },
  saved: null,
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

export function readWidths(kept: unknown): Record<string, number> {
  if (!isObject(kept)) return {};
  return Object.fromEntries(
    Object.entries(kept).filter(
      (entry): entry is [string, number] => typeof entry[1] === "number" && entry[1] > 0,
    ),
  );
}

function readSort(kept: unknown): PeopleSort[] {
  // Before an order could have several columns it was one of them.
  const keys = (Array.isArray(kept) ? kept : [kept]) as unknown[];
  const read = keys.flatMap((key): PeopleSort[] => {
    if (!isObject(key)) return [];
    const by = SORTS.find((own) => own === key.by);
    return by ? [{ by, direction: key.direction === "DESC" ? "DESC" : "ASC" }] : [];
  });
  const once = read.filter(({ by }, index) => read.findIndex((other) => other.by === by) === index);
  return once.length > 0 ? once : [...USUAL_SORT];
}

/** Chips of the time before there were queries, as the query that says the same. */
function readOldChips({ organization, seen }: Record<string, unknown>): QueryState {
  const parts: Array<{ text: string; filter: unknown }> = [];
  if (isObject(organization) && typeof organization.id === "number")
    parts.push({ text: `org:${organization.id}`, filter: { organization: organization.id } });
  if (seen === "missing" || seen === "all") {
    const news = seen === "missing" ? ["missing", "gone"] : ["present", "missing", "gone"];
    parts.push({
      text: news.map((word) => `seen:${word}`).join(" or "),
      filter: { or: news.map((word) => ({ "muster.seen": word })) },
    });
  }
  const [first, second] = parts;
  if (!first) return EVERYBODY;
  if (!second) return { ...EVERYBODY, text: first.text, filter: JSON.stringify(first.filter) };
  return {
    ...EVERYBODY,
    text: `${first.text} and (${second.text})`,
    filter: JSON.stringify({ and: [first.filter, second.filter] }),
  };
}

function readColumns(kept: Record<string, unknown>): ViewColumn[] {
  const columns = readArrangement(kept.columns, COLUMN_IDS);
  if (columns) return columns;
  const widths = readWidths(kept.widths);
  return USUAL_COLUMNS.map((usual) => ({ ...usual, width: widths[usual.id] ?? null }));
}

function readPanels(kept: unknown): Panels {
  if (!isObject(kept)) return FRESH_VIEW.panels;
  const folded = Array.isArray(kept.folded) ? (kept.folded as unknown[]) : [];
  return {
    facets: kept.facets === true,
    side: kept.side === "right" ? "right" : "left",
    folded: FACETS.filter((by) => folded.includes(by)),
    past: kept.past === true,
  };
}

/** A whole view of whatever was kept, however old its shape. */
export function readView(kept: unknown): PeopleView {
  if (!isObject(kept)) return FRESH_VIEW;
  const source: Source = kept.source === "live" ? "live" : "mirror";
  const query = isObject(kept.query) ? readQuery(kept.query) : readOldChips(kept);
  return {
    query,
    asked: asAsked(isObject(kept.asked) ? readQuery(kept.asked) : query),
    search: typeof kept.search === "string" ? kept.search : "",
    source,
    as_of: source === "mirror" && typeof kept.as_of === "number" ? kept.as_of : null,
    truth: kept.truth === "possible" ? "possible" : "matching",
    sort: readSort(kept.sort),
    columns: readColumns(kept),
    panels: readPanels(kept.panels),
    saved: typeof kept.saved === "string" ? kept.saved : null,
  };
}

/** Who is asked for. Live, the vendor cannot search and knows nothing of the past. */
export function toWho(view: PeopleView, connection: string): Who {
  const live = view.source === "live";
  return {
    connection,
    source: view.source,
    as_of: live ? null : view.as_of,
    filter: view.asked.filter,
    search: live || view.search.trim() === "" ? null : view.search.trim(),
    seen: "present",
    truth: view.truth,
    ids: null,
  };
}

/** The order that is asked for. Live, the vendor sorts by id only. */
export function toSort(view: PeopleView): PeopleSort[] {
  if (view.source === "mirror") return view.sort;
  return [view.sort.find(({ by }) => by === "id") ?? { by: "id", direction: "ASC" }];
}

/** The part of those who are asked for that is selected. */
export function selectedWho(who: Who, { kind, ids }: Selection): Who {
  if (kind === "ids") return { ...who, ids: [...ids] };
  if (ids.size === 0) return who;
  const others = JSON.stringify({ not: { id: [...ids] } });
  // Joined as text: read as JSON, a large number would come back rounded.
  return { ...who, filter: who.filter === null ? others : `{"and":[${who.filter},${others}]}` };
}

/** The same as text. */
export function selectedText(text: string, { kind, ids }: Selection): string {
  const list = `id:[${[...ids].join(", ")}]`;
  if (kind === "ids") return andClause(text, list);
  return ids.size === 0 ? text.trim() : andClause(text, `not ${list}`);
}

/** What narrows the list; null if nothing does. */
export function narrowedBy(view: PeopleView): Cleared | null {
  const searched = toWho(view, "").search !== null;
  if (isEverybody(view.asked)) return searched ? "search" : null;
  return searched ? "both" : "filters";
}

/** What a saved view keeps of how People is arranged. */
export const toViewState = (view: Pick<PeopleView, "query" | "columns" | "sort" | "source">): ViewState => ({
  text: view.query.text.trim(),
  columns: view.columns,
  sort: view.sort,
  source: view.source,
});

/** Whether two views show the same. */
export const sameState = (one: ViewState, other: ViewState): boolean =>
  one.text.trim() === other.text.trim() &&
  one.source === other.source &&
  sameColumns(one.columns, other.columns) &&
  JSON.stringify(one.sort) === JSON.stringify(other.sort);

/** Puts a question into the bar and asks it. */
export const withQuestion = (view: PeopleView, query: QueryState): PeopleView => ({
  ...view,
  query,
  asked: asAsked(query),
});

/** Puts a text that was read into the bar and asks it. One with problems stands in the bar alone, as
 * while typing: what the rows answer, and is exported under its text, is still the question before. */
export function withRead(view: PeopleView, text: string, reading: FilterReading): PeopleView {
  if (reading.problems.length === 0) return withQuestion(view, withReading(view.query, reading));
  return { ...view, query: { ...view.query, text, json: keptJson(view.query) } };
}

/** The arrangement that a saved or shared view asks for, and its text as it was read. */
export function withViewState(view: PeopleView, state: ViewState, reading: FilterReading): PeopleView {
  return {
    ...withRead(view, state.text, reading),
    search: "",
    source: state.source,
    as_of: null,
    truth: "matching",
    sort: readSort(state.sort),
    columns: readArrangement(state.columns, COLUMN_IDS) ?? [...USUAL_COLUMNS],
  };
}
