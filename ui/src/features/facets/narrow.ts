// What clicking a facet makes of the text of a query.
import { andClause } from "../query/query";

/** The text without a condition that stands alone among those that all must hold; null if it does not. */
export function widenedBy(text: string, clause: string): string | null {
  const whole = text.trim();
  if (whole === clause) return "";
  if (whole.endsWith(` and ${clause}`)) return whole.slice(0, -` and ${clause}`.length);
  if (whole.startsWith(`${clause} and `)) return whole.slice(`${clause} and `.length);
  const middle = whole.indexOf(` and ${clause} and `);
  return middle < 0 ? null : whole.slice(0, middle) + whole.slice(middle + ` and ${clause}`.length);
}

export type FacetState = "in" | "out" | null;

/** Whether a facet narrows the text already, and to whom: those who have it, or those who have not. */
export function stateOf(text: string, clause: string): FacetState {
  if (widenedBy(text, clause) !== null) return "in";
  return widenedBy(text, without(clause)) === null ? null : "out";
}

/** A year is two conditions: turned round, they stand in parentheses. */
const without = (clause: string) => (/ (and|or) /.test(clause) ? `not (${clause})` : `not ${clause}`);

/** The text after a facet was clicked: narrowed to it (or to those without it), or wide again. */
export function afterClick(text: string, clause: string, wanted: "in" | "out"): string {
  const state = stateOf(text, clause);
  const written = (of: "in" | "out") => (of === "in" ? clause : without(clause));
  const wide = state === null ? text.trim() : (widenedBy(text, written(state)) ?? text.trim());
  return state === wanted ? wide : andClause(wide, written(wanted));
}
