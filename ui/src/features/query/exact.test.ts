import { describe, expect, it } from "vitest";
import { parseExact, stringifyExact } from "./exact";

describe("JSON that is read and written exactly", () => {
  it.each([
    '{"apbNr":18446744073709551615}',
    '{"and":[{"id":9007199254740993},{"name":"18446744073709551615"}]}',
    "-1.5e-9",
    '{"name":"\\u0001 a \\"\\u00017\\" b"}',
    '"\\u0001\\u00015"',
    '["\\\\",18446744073709551615,null,true]',
  ])("comes back as %s", (text) => {
    expect(stringifyExact(parseExact(text))).toBe(text);
  });

  it("refuses what is no JSON", () => {
    expect(() => parseExact('{"id": ')).toThrow(SyntaxError);
    expect(() => parseExact("12-3")).toThrow(SyntaxError);
  });
});
