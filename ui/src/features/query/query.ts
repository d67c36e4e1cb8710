// The question of the query bar as a value: what is kept of it, and how it is changed from outside.
import type { FilterReading } from "../../generated/types";

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
  return { ...query, text: reading.text, filter: reading.filter, json: null };
}

/** The JSON face's own writing once the question changes elsewhere: what is only another layout of
 * the old question goes, what could not be read yet stays. */
export function jsonAfter(json: string | null, filter: string | null): string | null {
  if (json === null) return null;
  try {
    return JSON.stringify(JSON.parse(json)) === (filter ?? "null") ? null : json;
  } catch {
    return json.trim() === "" ? null : json;
  }
}

/** Nobody asked anything. */
export const isEverybody = (query: Asked): boolean => query.text.trim() === "" && query.filter === null;

/** The text narrowed by one more condition. */
export function andClause(text: string, clause: string): string {
  if (text.trim() === "") return clause;
  return `${hasOuterOr(text) ? `(${text.trim()})` : text.trim()} and ${clause}`;
}

/** Whether an `or` stands outside all parentheses, brackets and quotes. */
function hasOuterOr(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[()[\]]|[\p{L}\p{N}_.-]+/gu)) {
    if (token === "(" || token === "[") depth += 1;
    else if (token === ")" || token === "]") depth -= 1;
    else if (depth === 0 && token.toLowerCase() === "or") return true;
  }
  return false;
}

/** The criteria without the last of the conditions that all must hold; null if that leaves everybody. */
export function withoutLast(filter: string): string | null {
  const match = JSON.parse(filter) as Record<string, unknown>;
  const parts = match.and;
  if (!Array.isArray(parts) || parts.length < 2) return null;
  return JSON.stringify(parts.length === 2 ? parts[0] : { and: parts.slice(0, -1) });
}
