import i18next from "i18next";
import { describe, expect, it } from "vitest";
import type { FilterProblem } from "../../generated/types";
import { startI18n } from "../../shared/i18n";
import { problemSaid } from "./problemWords";

const problem = (more: Partial<FilterProblem>): FilterProblem => ({
  from: 0,
  until: 1,
  message: "said in English",
  code: null,
  values: {},
  expected: [],
  path: null,
  ...more,
});

describe("what is wrong with a question", () => {
  it.each([
    ["nl", "na org: hoort een naam, niet “and”"],
    ["fr", "après org:, il faut un nom, et non “and”"],
    ["de", "nach org: gehört ein Name, nicht “and”"],
  ] as const)("is said in %s as %s", (language, said) => {
    startI18n(language);
    const values = { after: "org:", found: "“and”", expected: "a name", wants: "name" };
    expect(problemSaid(problem({ code: "value_found", values }), i18next.t)).toBe(said);
    expect(problemSaid(problem({ code: "json_twice", values: { key: "id" } }), i18next.t)).toContain('"id"');
  });

  it("is said in English where there is no text for it", () => {
    startI18n("nl");
    expect(problemSaid(problem({}), i18next.t)).toBe("said in English");
    expect(problemSaid(problem({ code: "of_a_newer_engine" }), i18next.t)).toBe("said in English");
  });
});
