// How a person arranged Organizations: kept per connection.
import type { Direction, OrganizationsQuestion, Source, ViewColumn } from "../../generated/types";
import { sortedBy } from "../../shared/grid/sorting";
import { readWidths } from "../people/view";

export type OrganizationsSort = OrganizationsQuestion["sort"]["by"];
export type OrganizationsView = {
  source: Source;
  search: string;
  sort: { by: OrganizationsSort; direction: Direction };
  widths: Record<string, number>;
};

const SORTS: readonly OrganizationsSort[] = ["id", "name", "kind", "people"];
/** What the vendor itself can sort organizations by. */
export const LIVE_SORTS: readonly string[] = ["id", "name"];

export const FRESH_VIEW: OrganizationsView = {
  source: "mirror",
  search: "",
  sort: { by: "name", direction: "ASC" },
  widths: {},
};

/** A whole view of whatever was kept, however old its shape. */
export function readView(kept: unknown): OrganizationsView {
  if (typeof kept !== "object" || kept === null) return FRESH_VIEW;
  const view = kept as Partial<Record<keyof OrganizationsView, unknown>>;
  const sort = (view.sort ?? {}) as { by?: unknown; direction?: unknown };
  return {
    source: view.source === "live" ? "live" : "mirror",
    search: typeof view.search === "string" ? view.search : "",
    sort: {
      by: SORTS.find((by) => by === sort.by) ?? FRESH_VIEW.sort.by,
      direction: sort.direction === "DESC" ? "DESC" : "ASC",
    },
    widths: readWidths(view.widths),
  };
}

/** The view as a question, without its page. */
export function toQuestion(
  view: OrganizationsView,
  connection: string,
): Omit<OrganizationsQuestion, "offset" | "limit"> {
  const live = view.source === "live";
  return {
    connection,
    source: view.source,
    filter: null,
    search: live || view.search.trim() === "" ? null : view.search.trim(),
    seen: "present",
    sort: live && !LIVE_SORTS.includes(view.sort.by) ? { by: "id", direction: "ASC" } : view.sort,
  };
}

/** The order after a click on a header: organizations are sorted by one column. */
export const sortedAlone = (sort: OrganizationsView["sort"], by: OrganizationsSort) =>
  sortedBy([sort], by, false)[0] ?? sort;

/** The widths that a person gave. */
export const widthsOf = (columns: readonly ViewColumn[]): Record<string, number> =>
  Object.fromEntries(columns.flatMap(({ id, width }) => (width === null ? [] : [[id, width]])));
