import { describe, expect, it } from "vitest";
import { pretty } from "./json/pretty";
import {
  andClause,
  cleared,
  EVERYBODY,
  isEverybody,
  jsonAfter,
  readQuery,
  withoutLast,
  withReading,
} from "./query";

describe("a question that was kept", () => {
  it("is whole whatever its shape was", () => {
    expect(readQuery(null)).toEqual(EVERYBODY);
    expect(readQuery({ text: 7, face: "crystal ball", open: "yes" })).toEqual(EVERYBODY);
    const query = { text: "id:1", filter: '{"id":1}', face: "json", open: true, json: "{" } as const;
    expect(readQuery(JSON.parse(JSON.stringify(query)))).toEqual(query);
    expect([isEverybody(EVERYBODY), isEverybody(query)]).toEqual([true, false]);
  });
});

describe("a question with one more condition", () => {
  it.each([
    ["", "id:1"],
    ["org:1", "org:1 and id:1"],
    ["org:1 or org:2", "(org:1 or org:2) and id:1"],
    ["(org:1 or org:2)", "(org:1 or org:2) and id:1"],
    ['name:"this or that"', 'name:"this or that" and id:1'],
    ["org:1 OR org:2", "(org:1 OR org:2) and id:1"],
    ["name ~ orlando", "name ~ orlando and id:1"],
  ])("asks of %j the narrower %j", (text, narrower) => {
    expect(andClause(text, "id:1")).toBe(narrower);
  });

  it("loses the last one again", () => {
    expect(withoutLast('{"and":[{"id":1},{"id":2},{"id":3}]}')).toBe('{"and":[{"id":1},{"id":2}]}');
    expect(withoutLast('{"and":[{"id":1},{"id":2}]}')).toBe('{"id":1}');
    expect(withoutLast('{"or":[{"id":1},{"id":2}]}')).toBeNull();
    expect(withoutLast('{"and":[{"apbNr":18446744073709551615},{"id":2}]}'), "no number is rounded").toBe(
      '{"apbNr":18446744073709551615}',
    );
  });
});

describe("JSON of one's own", () => {
  it("stays while it cannot be read, and goes with the question that it only lays out anew", () => {
    expect(jsonAfter('{"id": ', '{"id":1}')).toBe('{"id": ');
    expect(jsonAfter('{"shoe": 1}', '{"id":1}')).toBe('{"shoe": 1}');
    expect(jsonAfter('{ "id" : 1 }', '{"id":1}')).toBeNull();
    expect(jsonAfter('{ "apbNr": 18446744073709551615 }', '{"apbNr":18446744073709551615}')).toBeNull();
  });

  it("stays when the question is cleared or another one is asked", () => {
    const query = { ...EVERYBODY, text: "id:1", filter: '{"id":1}', face: "json" as const, json: '{"id": ' };
    expect(cleared(query)).toEqual({ ...EVERYBODY, face: "json", json: '{"id": ' });
    expect(cleared({ ...query, json: '{ "id": 1 }' }).json).toBeNull();
    expect(withReading(query, { text: "id:2", filter: '{"id":2}' }).json).toBe('{"id": ');
  });

  it("is laid out for reading without a change to a number or a text", () => {
    const source = `{"and":[{"id":[${Array.from({ length: 60 }, (_, i) => i + 1).join(",")}]},{"apbNr":18446744073709551615},{"muster.name":{"is":"a \\"b\\" , c"}}]}`;
    const laid = pretty(source);
    expect(laid).toContain("18446744073709551615");
    expect(laid.split("\n").every((line) => line.length <= 84)).toBe(true);
    expect(laid.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (token) => (token.startsWith('"') ? token : ""))).toBe(
      source,
    );
    expect(pretty('{"id": ')).toBe('{"id": ');
    expect(pretty(null)).toBe("");
  });
});
