// The parts that narrow a question though nobody is left in them: the engine lists no such part, and what is not
// listed could not be taken back.
import type { Facet, FacetBy, FacetGroup, TextFact } from "../../generated/types";
import { isIdentifier } from "../people/view";
import { partsOf, stateOf } from "./narrow";

/** A value of a facet, and by what it divides. */
export type Meant = { by: FacetBy; value: TextFact };
/** What clauses meant when they were listed. */
export type Seen = ReadonlyMap<string, Meant>;

const YEAR = /^created >= (\d{4})-01-01 and created <= \1-12-31$/;
const FIELD = /^([a-z]+):([a-z0-9_]+)$/;
const TURNED = /^not (?:\((?<several>.+)\)|(?<one>.+))$/su;

const byField = (field: string): FacetBy | null => {
  if (field === "org") return "organization";
  if (field === "created") return "created_year";
  return field === "role" || isIdentifier(field) ? field : null;
};

const isListed = (by: FacetBy, word: string) => {
  if (by === "organization") return /^\d+$/.test(word);
  return isIdentifier(by) ? word === "any" : by === "role";
};

/** What a clause means, if it is written as those of facets are. */
function meant(clause: string): Meant | null {
  const year = YEAR.exec(clause)?.[1];
  if (year) return { by: "created_year", value: { known: "yes", text: year } };
  const [, field = "", word = ""] = FIELD.exec(clause) ?? [];
  const by = byField(field);
  if (by && (word === "none" || word === "unknown")) return { by, value: { known: word } };
  return by && isListed(by, word) ? { by, value: { known: "yes", text: word } } : null;
}

/** The clauses that may stand in a text, as they are or turned round. */
function clausesIn(text: string): Set<string> {
  const parts = partsOf(text).map((part) => part.text);
  const clauses = parts.flatMap((part, at) => {
    const turned = TURNED.exec(part)?.groups;
    // A year is two conditions in a row.
    return [turned?.several ?? turned?.one ?? part, `${part} and ${parts[at + 1]}`];
  });
  return new Set(clauses.filter((clause) => stateOf(text, clause) !== null));
}

/** The groups with the parts that narrow `text` and that the engine left out, at their ends. */
export function withChosen(groups: readonly FacetGroup[], text: string, seen: Seen): FacetGroup[] {
  const chosen = [...clausesIn(text)].flatMap((clause) => {
    const own = seen.get(clause) ?? meant(clause);
    return own ? [{ ...own, clause }] : [];
  });
  return groups.map((group) => {
    const listed = new Set(group.parts.map(({ clause }) => clause));
    const left = chosen.filter(({ by, clause }) => by === group.by && !listed.has(clause));
    const added = left.map(({ value, clause }): Facet => ({ value, clause, count: 0 }));
    return {
      ...group,
      parts: [...group.parts, ...added],
      parts_in_all: group.parts_in_all + added.length,
    };
  });
}
