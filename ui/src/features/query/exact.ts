// JSON without rounding: numbers beyond what JavaScript counts exactly come back as they were written.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Such numbers travel as texts behind this mark; a text that begins with it has it twice. */
export const MARK = "\u0001";

/** A text or a number of JSON. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
/** The mark at the beginning of a text, as JSON writes it. */
const WRITTEN = '"\\u0001';

export function parseExact(text: string): Json {
  const marked = text.replace(TOKENS, (token) => {
    if (token.startsWith('"'))
      return token.startsWith(WRITTEN) ? `${WRITTEN}\\u0001${token.slice(WRITTEN.length)}` : token;
    return Number.isSafeInteger(Number(token)) || !NUMBER.test(token) ? token : `${WRITTEN}${token}"`;
  });
  return JSON.parse(marked) as Json;
}

export function stringifyExact(json: Json): string {
  return JSON.stringify(json).replace(TOKENS, (token) => {
    if (!token.startsWith(WRITTEN)) return token;
    const rest = token.slice(WRITTEN.length);
    return rest.startsWith("\\u0001") ? `"${rest}` : rest.slice(0, -1);
  });
}
