// Where a question is joined, outside all parentheses, brackets and quotes.

/** An `and` or `or` between two parts of the outermost level, and where it stands in the text. */
export type Joint = { word: "and" | "or"; from: number; until: number };

const TOKEN = /"(?:[^"\\]|\\.)*"?|[()[\]]|[^\s()[\],:~<>="]+/gsu;

export function jointsOf(text: string): Joint[] {
  const joints: Joint[] = [];
  let depth = 0;
  // `and (…)` and `or (…)` where a part begins are groups of one part, and join nothing.
  let isBegun = false;
  for (const { 0: token, index: from } of text.matchAll(TOKEN)) {
    const word = token.toLowerCase();
    if (token === ")" || token === "]") depth = Math.max(0, depth - 1);
    else if (depth === 0 && (word === "and" || word === "or")) {
      if (isBegun) joints.push({ word, from, until: from + token.length });
      isBegun = false;
    } else if (word !== "not" && word !== "off") isBegun = true;
    if (token === "(" || token === "[") depth += 1;
  }
  return joints;
}
