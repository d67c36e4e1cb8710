// What clicking a facet makes of the text of a question.
import { jointsOf } from "../query/joints";
import { andClause } from "../query/query";

/** Whether a facet narrows a text, and to whom: those who have it, or those who have not. */
export type FacetState = "in" | "out" | null;

/** A condition as it is written, and where it stands in the text. */
type Part = { text: string; from: number; until: number };

/** The conditions that all must hold; none where one of several is enough. */
export function partsOf(text: string): Part[] {
  const joints = jointsOf(text);
  if (joints.some(({ word }) => word === "or")) return [];
  const ends = [...joints.map(({ from }) => from), text.length];
  const starts = [0, ...joints.map(({ until }) => until)];
  return starts.map((start, index) => {
    const written = text.slice(start, ends[index]);
    const from = start + written.length - written.trimStart().length;
    return { text: written.trim(), from, until: from + written.trim().length };
  });
}

/** The place of a clause among the parts of a text; -1 if it is not one of them. A year is two in a row. */
function placeOf(parts: readonly Part[], run: readonly Part[]): number {
  if (run.length === 0) return -1;
  return parts.findIndex((_, at) => run.every(({ text }, step) => parts[at + step]?.text === text));
}

/** The text without a condition that stands alone among those that all must hold; null if it does not. */
function widenedBy(text: string, clause: string): string | null {
  const parts = partsOf(text);
  const run = partsOf(clause);
  const at = placeOf(parts, run);
  const first = parts[at];
  if (!first) return null;
  const next = parts[at + run.length];
  const before = parts[at - 1];
  if (next) return (text.slice(0, first.from) + text.slice(next.from)).trim();
  return before ? text.slice(0, before.until).trim() : "";
}

export function stateOf(text: string, clause: string): FacetState {
  const parts = partsOf(text);
  if (placeOf(parts, partsOf(clause)) >= 0) return "in";
  return placeOf(parts, partsOf(without(clause))) >= 0 ? "out" : null;
}

/** A year is two conditions: turned round, they stand in parentheses. */
const without = (clause: string) => (jointsOf(clause).length > 0 ? `not (${clause})` : `not ${clause}`);

/** The text narrowed to those who have it, to those who have not, or by neither. */
export function withFacet(text: string, clause: string, state: FacetState): string {
  const now = stateOf(text, clause);
  const written = (of: "in" | "out") => (of === "in" ? clause : without(clause));
  if (now === state) return text.trim();
  const wide = now === null ? text.trim() : (widenedBy(text, written(now)) ?? text.trim());
  return state === null ? wide : andClause(wide, written(state));
}
