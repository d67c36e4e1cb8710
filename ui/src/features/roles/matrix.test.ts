import { describe, expect, it } from "vitest";
import type { RuleAnswer, RuleCell, RuleRole, RuleScope, RulesMatrix } from "../../generated/types";
import { ruleWords } from "../../shared/rules/useRuleWords";
import { actionsOf, differ, isYes, shown } from "./matrix";
import { moved } from "./useMatrixKeys";

const source = { id: "R", title: "Users and roles", kind: "vendor" as const };
const cell = (
  role: string,
  answer: RuleAnswer,
  scopes: RuleScope[] = [],
  limit: number | null = null,
): RuleCell => ({
  role,
  answer,
  scopes,
  limit,
  rows: [],
});
const role = (id: string): RuleRole => ({ id, name: id, purpose: "", source, same_as: null, people: null });

const matrix: RulesMatrix = {
  dated: "2026-11-21",
  sources: [source],
  roles: [role("manager"), role("developer"), role("reseller")],
  groups: [
    {
      prefix: "user",
      actions: [
        {
          action: "user.profile.update",
          cells: [
            cell("manager", "yes_within", ["organization"]),
            cell("developer", "no"),
            cell("reseller", "no"),
          ],
        },
      ],
    },
    {
      prefix: "product",
      actions: [
        {
          action: "product.export",
          cells: [
            cell("manager", "yes", ["platform"], 10_000),
            cell("developer", "yes", ["platform"], 100),
            cell("reseller", "undocumented"),
          ],
        },
      ],
    },
  ],
  needs: [],
  actor: { role: null, organization: null, person: null, known_by: null, given_at: null, guess: null },
  people_unknown: null,
  evidence: [],
};

const texts: Record<string, string> = {
  "rules.groups.user": "Personen",
  "rules.groups.product": "Produkte",
  "rules.verbs.profile_update": "Profil ändern",
  "rules.verbs.export": "Exportieren",
};
const words = ruleWords(((key: string) => texts[key] ?? key) as never, { language: "de" } as never);
const names = (search: string, pair: [string, string] | null = null) =>
  shown(matrix, search, pair, words).groups.flatMap(({ actions }) => actions.map(({ action }) => action));

describe("what of the matrix is shown", () => {
  it("is found by its words, without accents, or by its name", () => {
    expect(names("andern")).toEqual(["user.profile.update"]);
    expect(names("personen")).toEqual(["user.profile.update"]);
    expect(names("PRODUCT.")).toEqual(["product.export"]);
    expect(names("")).toHaveLength(2);
    expect(names("fly")).toEqual([]);
  });

  it("is what differs between two roles, a limit included", () => {
    expect(names("", ["manager", "developer"])).toEqual(["user.profile.update", "product.export"]);
    expect(names("", ["developer", "reseller"]), "both may not").toEqual(["product.export"]);
    expect(shown(matrix, "", ["developer", "reseller"], words).roles.map(({ role: { id } }) => id)).toEqual([
      "developer",
      "reseller",
    ]);
    expect(differ(cell("a", "no", ["platform"]), cell("b", "no", ["linked"])), "a no is a no").toBe(false);
  });

  it("lists what a role may, in groups", () => {
    expect(actionsOf(matrix, "developer", isYes).map(({ prefix }) => prefix)).toEqual(["product"]);
  });
});

describe("the keys of the matrix", () => {
  const go = (key: string, mod = false, at = { row: 0, column: 0 }) => moved(at, key, mod, 5, 3);
  it("move by one, to the heads, and not beyond", () => {
    expect(go("ArrowDown")).toEqual({ row: 1, column: 0 });
    expect(go("ArrowUp"), "the heads").toEqual({ row: -1, column: 0 });
    expect(go("ArrowUp", false, { row: -1, column: 2 })).toEqual({ row: -1, column: 2 });
    expect(go("ArrowLeft")).toEqual({ row: 0, column: 0 });
    expect(go("PageDown")).toEqual({ row: 4, column: 0 });
    expect(go("End")).toEqual({ row: 0, column: 2 });
    expect(go("End", true)).toEqual({ row: 4, column: 2 });
    expect(go("a")).toBeNull();
  });
});
