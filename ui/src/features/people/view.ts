// How a person arranged People: kept per connection.
import type { Direction, PeopleQuestion, Seen, Source } from "../../generated/types";
import type { Cleared } from "../../shared/errors/remedies";

export type PeopleSort = PeopleQuestion["sort"]["by"];
export type PeopleView = {
  source: Source;
  search: string;
  seen: Seen;
  sort: { by: PeopleSort; direction: Direction };
  /** Only the people of this organization; its name as it was when chosen. */
  organization: { id: number; name: string } | null;
  widths: Record<string, number>;
};

const SORTS: readonly PeopleSort[] = ["id", "name", "organization", "created_at", "updated_at"];

export const FRESH_VIEW: PeopleView = {
  source: "mirror",
  search: "",
  seen: "present",
  sort: { by: "name", direction: "ASC" },
  organization: null,
  widths: {},
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
const oneOf = <T extends string>(choices: readonly T[], value: unknown, otherwise: T): T =>
  choices.find((choice) => choice === value) ?? otherwise;

export function readWidths(kept: unknown): Record<string, number> {
  if (!isObject(kept)) return {};
  return Object.fromEntries(
    Object.entries(kept).filter(
      (entry): entry is [string, number] => typeof entry[1] === "number" && entry[1] > 0,
    ),
  );
}

/** A whole view of whatever was kept, however old its shape. */
export function readView(kept: unknown): PeopleView {
  if (!isObject(kept)) return FRESH_VIEW;
  const sort = isObject(kept.sort) ? kept.sort : {};
  const organization = isObject(kept.organization) ? kept.organization : {};
  return {
    source: oneOf<Source>(["mirror", "live"], kept.source, FRESH_VIEW.source),
    search: typeof kept.search === "string" ? kept.search : "",
    seen: oneOf<Seen>(["present", "missing", "all"], kept.seen, FRESH_VIEW.seen),
    sort: {
      by: oneOf(SORTS, sort.by, FRESH_VIEW.sort.by),
      direction: oneOf<Direction>(["ASC", "DESC"], sort.direction, FRESH_VIEW.sort.direction),
    },
    organization:
      typeof organization.id === "number" && typeof organization.name === "string"
        ? { id: organization.id, name: organization.name }
        : null,
    widths: readWidths(kept.widths),
  };
}

/** The view as a question, without its page. Live, the vendor sorts by id only and cannot search. */
export function toQuestion(view: PeopleView, connection: string): Omit<PeopleQuestion, "offset" | "limit"> {
  const live = view.source === "live";
  return {
    connection,
    source: view.source,
    filter: view.organization ? JSON.stringify({ organization: view.organization.id }) : null,
    search: live || view.search.trim() === "" ? null : view.search.trim(),
    seen: live ? "present" : view.seen,
    sort: live && view.sort.by !== "id" ? { by: "id", direction: "ASC" } : view.sort,
  };
}

/** What of a question narrows the list; null if nothing does. */
export function narrowedBy(question: Pick<PeopleQuestion, "search" | "filter" | "seen">): Cleared | null {
  const searched = question.search !== null;
  const filters = (question.filter === null ? 0 : 1) + (question.seen === "present" ? 0 : 1);
  if (filters === 0) return searched ? "search" : null;
  if (searched) return "both";
  return question.filter !== null && filters === 1 ? "organization" : "filters";
}

/** The sorting after a click on a column's header. */
export function sortAfterClick(sort: { by: string; direction: Direction }, by: string): Direction {
  return sort.by === by && sort.direction === "ASC" ? "DESC" : "ASC";
}
