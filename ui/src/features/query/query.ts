// The question of the query bar as a value: what is kept of it, and how it is changed from outside.
import type { FilterReading } from "../../generated/types";
import { parseExact, stringifyExact } from "./exact";
import { jointsOf } from "./joints";

/** Which of the three faces is open. The text stands above all of them. */
export type Face = "text" | "builder" | "json";

export type QueryState = {
  /** The text as it was written; with problems in it, the other faces show `filter`. */
  text: string;
  /** The last writing without problems, as criteria in JSON text; null asks for everybody. */
  filter: string | null;
  face: Face;
  /** Whether what belongs to the face is shown below the line. */
  open: boolean;
  /** The JSON face's own writing while it is not the question: it has problems, or its own layout. */
  json: string | null;
};

/** What of the question decides the rows. */
export type Asked = Pick<QueryState, "text" | "filter">;

export const EVERYBODY: QueryState = { text: "", filter: null, face: "text", open: false, json: null };

const FACES: readonly Face[] = ["text", "builder", "json"];

/** A whole question of whatever was kept, however old its shape. */
export function readQuery(kept: unknown): QueryState {
  if (typeof kept !== "object" || kept === null) return EVERYBODY;
  const { text, filter, face, open, json } = kept as Record<string, unknown>;
  return {
    text: typeof text === "string" ? text : "",
    filter: typeof filter === "string" ? filter : null,
    face: FACES.find((known) => known === face) ?? "text",
    open: open === true,
    json: typeof json === "string" ? json : null,
  };
}

/** The question after a reading without problems, as of a saved view or a recent question. */
export function withReading(query: QueryState, reading: Pick<FilterReading, "text" | "filter">): QueryState {
  return { ...query, text: reading.text, filter: reading.filter, json: keptJson(query) };
}

/** The JSON face's own writing once the question changes elsewhere: what is only another layout of
 * the old question goes, what could not be read yet stays. */
export function jsonAfter(json: string | null, filter: string | null): string | null {
  if (json === null) return null;
  try {
    return stringifyExact(parseExact(json)) === (filter ?? "null") ? null : json;
  } catch {
    return json.trim() === "" ? null : json;
  }
}

/** What of the JSON face stays when the question becomes another one. */
export const keptJson = ({ json, filter }: Pick<QueryState, "json" | "filter">): string | null =>
  jsonAfter(json, filter);

/** The question of everybody, in the same face. */
export const cleared = (query: QueryState): QueryState => ({
  ...query,
  text: EVERYBODY.text,
  filter: EVERYBODY.filter,
  json: keptJson(query),
});

/** Nobody asked anything. */
export const isEverybody = (query: Asked): boolean => query.text.trim() === "" && query.filter === null;

/** The text narrowed by one more condition. */
export function andClause(text: string, clause: string): string {
  if (text.trim() === "") return clause;
  const isEither = jointsOf(text).some(({ word }) => word === "or");
  return `${isEither ? `(${text.trim()})` : text.trim()} and ${clause}`;
}

/** The criteria without the last of the conditions that all must hold; null if that leaves everybody. */
export function withoutLast(filter: string): string | null {
  const criteria = parseExact(filter);
  const parts = typeof criteria === "object" && criteria && "and" in criteria ? criteria.and : null;
  const [first, second] = Array.isArray(parts) ? parts : [];
  if (!Array.isArray(parts) || first === undefined || second === undefined) return null;
  return stringifyExact(parts.length === 2 ? first : { and: parts.slice(0, -1) });
}
