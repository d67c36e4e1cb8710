import { describe, expect, it } from "vitest";
import { jointsOf } from "./joints";

const words = (text: string) => jointsOf(text).map(({ word }) => word);

describe("where a question is joined", () => {
  it.each([
    ["", []],
    ["id:1", []],
    ["id:1 AND id:2 Or id:3", ["and", "or"]],
    ["(id:1 or id:2) and id:3", ["and"]],
    ["id:[1, 2] and id:3", ["and"]],
    ['name:"this or \\" that and" and id:1', ["and"]],
    ['name:"never closed and id:1', []],
    ["or(id:1) and not and(id:2)", ["and"]],
    ["name ~ r&d/or", []],
  ])("in %j: %j", (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it("says where it stands", () => {
    expect(jointsOf("id:1 and id:2")).toEqual([{ word: "and", from: 5, until: 8 }]);
  });
});
