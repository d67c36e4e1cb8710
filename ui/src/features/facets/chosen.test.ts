import { describe, expect, it } from "vitest";
import type { FacetGroup } from "../../generated/types";
import { type Seen, withChosen } from "./chosen";

const known = (text: string) => ({ known: "yes" as const, text });
const group = (by: FacetGroup["by"], ...clauses: string[]): FacetGroup => ({
  by,
  parts: clauses.map((clause) => ({ clause, count: 5, value: known(clause) })),
  parts_in_all: clauses.length,
});
const GROUPS = [group("organization", "org:7"), group("role"), group("vat"), group("created_year")];
const NOTHING: Seen = new Map();

const added = (text: string, seen: Seen = NOTHING) =>
  withChosen(GROUPS, text, seen).flatMap(({ by, parts }) =>
    parts
      .filter(({ count }) => count === 0)
      .map(({ clause, value }) => `${by} ${clause} = ${value.known === "yes" ? value.text : value.known}`),
  );

describe("a part of a facet in which nobody is left", () => {
  it("is shown when the question leaves it out, so that it can be taken back", () => {
    expect(added("name ~ jan and not org:12")).toEqual(["organization org:12 = 12"]);
    expect(added("not role:unknown and not vat:none")).toEqual([
      "role role:unknown = unknown",
      "vat vat:none = none",
    ]);
    expect(added("not (created >= 2025-01-01 and created <= 2025-12-31)")).toEqual([
      "created_year created >= 2025-01-01 and created <= 2025-12-31 = 2025",
    ]);
  });

  it("is shown when the question narrows to it and nobody matches", () => {
    expect(added("role:reseller and role:editor")).toEqual([
      "role role:reseller = reseller",
      "role role:editor = editor",
    ]);
    expect(added("created >= 2025-01-01 and created <= 2025-12-31 and id:1")).toEqual([
      "created_year created >= 2025-01-01 and created <= 2025-12-31 = 2025",
    ]);
  });

  it("keeps the name under which it was listed", () => {
    const seen: Seen = new Map([
      ["org:12", { by: "organization", value: known("Apotheek") }],
      ['role:"a b"', { by: "role", value: known("a b") }],
    ]);
    expect(added('not org:12 and not role:"a b"', seen)).toEqual([
      "organization org:12 = Apotheek",
      'role role:"a b" = a b',
    ]);
  });

  it("is not shown twice, nor when only one of several conditions must hold", () => {
    expect(added("not org:7")).toEqual([]);
    expect(added("not org:12 or id:1")).toEqual([]);
    expect(added("not (org:12 and id:1)")).toEqual([]);
  });

  it("is not made of a condition that no facet offers", () => {
    expect(added("not name ~ jan and not vat:BE0123456749 and not changed < 45d and not org:[1,2]")).toEqual(
      [],
    );
  });
});
