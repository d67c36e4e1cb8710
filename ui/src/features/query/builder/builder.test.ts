import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fromCriteria,
  type Group,
  identifiersIn,
  idsIn,
  isComplete,
  isGroup,
  isOpaque,
  MOST_LEVELS,
  normalIdentifier,
  type Opaque,
  type Part,
  type Rule,
  toCriteria,
  withOperator,
} from "./builder";

type Json = { [key: string]: unknown };
/** On a busy computer ten thousand trees take their time. */
const LONG_MS = 120_000;
const text = (json: unknown) => JSON.stringify(json);
const roundTrip = (json: unknown) => toCriteria(fromCriteria(text(json)));

// A small world of its own, so that meaning is judged by other code than the one under test: a
// condition is yes, no or unknown by a hash of its JSON.
type Truth = 1 | 0 | null;
function leafTruth(leaf: string, world: number): Truth {
  let hash = world;
  for (const character of leaf) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0;
  return ([1, 0, null] as const)[Math.abs(hash) % 3] ?? null;
}

/** Undefined: nothing is asked. */
function truth(json: Json, world: number): Truth | undefined {
  const [key, operand] = Object.entries(json)[0] as [string, never];
  if (key === "muster.off") return undefined;
  if (key === "not") {
    const part = truth(operand, world);
    return typeof part === "number" ? ((1 - part) as Truth) : part;
  }
  if (key === "and" || key === "or") {
    const parts = (operand as Json[]).map((part) => truth(part, world)).filter((part) => part !== undefined);
    if (parts.length === 0) return undefined;
    const decides = key === "and" ? 0 : 1;
    if (parts.includes(decides)) return decides;
    return parts.includes(null) ? null : ((1 - decides) as Truth);
  }
  return leafTruth(text(json), world);
}

const count = (json: string, key: string) => json.split(`"${key}":`).length - 1;

const id = fc.integer({ min: 1, max: 40 });
const word = fc.constantFrom("jans", 'Apotheek "De Ster"', "a\\b", "Zoë 💊", " x ");
const state = fc.constantFrom("any", "none", "unknown");
const time = fc.oneof(
  fc.record({ after: fc.constant("2025-01-31") }),
  fc.record({ until: fc.constant("2024-02-29") }),
  fc.record({ newer: fc.constantFrom("90d", "2y", "0w") }),
  fc.record({ older: fc.constantFrom("5000d", "3m") }),
);
const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.record({ id }),
  fc.record({ id: fc.array(id, { minLength: 1, maxLength: 4 }) }),
  fc.record({ organization: id }),
  fc.record({ vatNr: fc.constantFrom("BE0123456749", "", "be 0123") }),
  fc.record({ apbNr: fc.oneof(id, fc.constantFrom("012345", "7")) }),
  fc.record({ role: fc.constantFrom("reseller", "something_new") }),
  fc.record({ "muster.name": fc.oneof(fc.record({ is: word }), fc.record({ contains: word })) }),
  fc.record({ "muster.organizationName": fc.oneof(fc.record({ is: word }), fc.record({ contains: word })) }),
  fc.record({ "muster.created": time }),
  fc.record({ "muster.updated": time }),
  fc.record({ "muster.changed": time }),
  fc.record({ "muster.seen": fc.constantFrom("new", "gone", "present") }),
  fc.record({ "muster.state": fc.oneof(fc.record({ organization: state }), fc.record({ vatNr: state })) }),
  fc.record({ "muster.somethingElse": fc.record({ deep: fc.array(id, { maxLength: 2 }) }) }),
);
const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    leaf,
    fc.record({ and: fc.array(tie("tree"), { minLength: 1, maxLength: 5 }) }),
    fc.record({ or: fc.array(tie("tree"), { minLength: 1, maxLength: 5 }) }),
    fc.record({ not: tie("tree") }),
    fc.record({ "muster.off": tie("tree") }),
    fc.record({ or: fc.array(fc.record({ organization: id }), { minLength: 1, maxLength: 4 }) }),
  ),
}));

function parts(group: Group): Part[] {
  return group.rules.flatMap((part) => [part, ...(isGroup(part) ? parts(part) : [])]);
}

describe("criteria and the builder's tree", () => {
  it(
    "keeps the criteria of 10,000 random trees as they are",
    () => {
      fc.assert(
        fc.property(tree, fc.integer(), (criteria, world) => {
          const written = roundTrip(criteria);
          // As a value: every NOT and every part that is off stands where it stood.
          expect(written).toBe(text(criteria));
          const back = JSON.parse(written ?? "null");
          expect(truth(back, world)).toBe(truth(criteria, world));
          for (const key of ["not", "muster.off"])
            expect(count(written ?? "", key)).toBe(count(text(criteria), key));
        }),
        { numRuns: 10_000 },
      );
    },
    LONG_MS,
  );

  it(
    "turns a whole question round by one NOT, and back by taking it away",
    () => {
      fc.assert(
        fc.property(tree, fc.integer(), (criteria, world) => {
          const root = fromCriteria(text(criteria));
          const turned = JSON.parse(toCriteria({ ...root, not: !root.not }) ?? "null");
          const [before, after] = [truth(criteria, world), truth(turned, world)];
          expect(after).toBe(typeof before === "number" ? 1 - before : before);
          expect(toCriteria({ ...root, not: root.not })).toBe(text(criteria));
        }),
        { numRuns: 2_000 },
      );
    },
    LONG_MS,
  );

  it(
    "keeps the parts that it does not show byte for byte",
    () => {
      fc.assert(
        fc.property(tree, (criteria) => {
          const source = text(criteria);
          const pieces = parts(fromCriteria(source)).filter(isOpaque);
          expect(pieces.every(({ value }) => source.includes(value))).toBe(true);
        }),
        { numRuns: 2_000 },
      );
    },
    LONG_MS,
  );

  it("asks for everybody with an empty tree", () => {
    expect(toCriteria(fromCriteria(null))).toBeNull();
  });

  it("shows a choice of organizations as one condition", () => {
    const root = fromCriteria('{"or":[{"organization":12},{"organization":15}]}');
    expect(root.rules).toMatchObject([{ field: "organization", operator: "is", value: [12, 15] }]);
  });

  it("keeps what is nested deeper than it shows as one piece that can be negated and turned off", () => {
    let criteria: unknown = { id: 1 };
    for (let level = 0; level < 59; level += 1)
      criteria = { [level % 2 ? "and" : "or"]: [criteria, { id: 2 }] };
    const root = fromCriteria(text(criteria));
    const piece = parts(root).find(isOpaque) as Opaque;
    expect(toCriteria(root)).toBe(text(criteria));
    const shown = 59 - MOST_LEVELS;
    expect(piece.conditions).toBe(shown + 1);
    Object.assign(piece, { not: true, muted: true });
    expect(toCriteria(root)).toContain(`{"muster.off":{"not":${piece.value}}}`);
  });

  it("keeps a group of thousands as one piece, and a list of thousands of ids as one condition", () => {
    const many = Array.from({ length: 4_998 }, (_, index) => ({
      "muster.name": { is: `name ${index}` },
    }));
    const root = fromCriteria(text({ and: [{ or: many }, { id: [1, 2] }] }));
    expect(root.rules).toMatchObject([{ field: "opaque", conditions: 4_998 }, { value: [1, 2] }]);
    const ids = Array.from({ length: 5_000 }, (_, index) => index + 1);
    expect(fromCriteria(text({ id: ids })).rules).toMatchObject([{ field: "id", value: ids }]);
  });

  it("never rounds a number that is too large to count with", () => {
    const source = '{"and":[{"apbNr":18446744073709551615},{"id":1}]}';
    expect(toCriteria(fromCriteria(source))).toBe(source);
  });

  it("leaves out a condition that has no value yet, and the group that only holds it", () => {
    const empty: Rule = { id: "a", field: "organization", operator: "is", value: [] };
    const root = fromCriteria('{"id":1}');
    root.rules.push(empty, { id: "b", combinator: "or", rules: [{ ...empty, id: "c" }], not: true });
    expect(toCriteria(root)).toBe('{"id":1}');
  });

  it("keeps a value that another operator takes too", () => {
    const rule: Rule = { id: "a", field: "created", operator: "after", value: "2025-01-01" };
    expect(withOperator(rule, "before").value).toBe("2025-01-01");
    expect(withOperator(rule, "newer").value).toBe("90d");
    expect(withOperator(rule, "unknown").value).toBe("");
    expect(isComplete(withOperator(rule, "unknown"))).toBe(true);
  });
});

describe("what a person types", () => {
  it("finds the ids in whatever was pasted and names what is none", () => {
    expect(idsIn("5, 7\n[9]; 5\tabc 0 1.5 9007199254740992")).toEqual({
      ids: [5, 7, 9],
      rejected: ["abc", "0", "1.5", "9007199254740992"],
    });
  });

  it("writes a VAT number as the vendor does, and says that it was changed", () => {
    expect(normalIdentifier("vat", " be 0123.456-749 ")).toEqual({ value: "BE0123456749", changed: true });
    expect(normalIdentifier("vat", "BE0123456749").changed).toBe(false);
  });

  it("sends digits as an integer only where leading zeros are not lost", () => {
    expect(normalIdentifier("apb", "123456").value).toBe(123456);
    expect(normalIdentifier("apb", "0123").value).toBe("0123");
    expect(normalIdentifier("finess", "123").value).toBe("123");
    expect(identifiersIn("apb", "1, 2\n2\n03")).toEqual([1, 2, "03"]);
  });
});
