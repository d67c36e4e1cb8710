// The rules in words: actions, answers, scopes, pages.
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type {
  Evidence,
  MayAnswer,
  RuleAnswer,
  RuleCell,
  RuleRow,
  RuleScope,
  RuleSource,
} from "../../generated/types";
import { useFormat } from "../format/useFormat";

type Format = ReturnType<typeof useFormat>;

export type RuleWords = ReturnType<typeof ruleWords>;

export function useRuleWords(): RuleWords {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => ruleWords(t, format), [t, format]);
}

/** `user.profile.update` is done to a `user`: what it is called begins behind. */
export const verbOf = (action: string): string => action.split(".").slice(1).join("_");
export const prefixOf = (action: string): string => action.split(".")[0] ?? action;

export function ruleWords(t: TFunction, format: Format) {
  /** The vendor's own words. */
  const role = (id: string): string => t(`roles.${id}`, { defaultValue: id });
  const group = (prefix: string): string => t(`rules.groups.${prefix}`, { defaultValue: prefix });
  const verb = (action: string): string => {
    const own = verbOf(action);
    return t(`rules.verbs.${own}`, { defaultValue: own });
  };
  const scope = (of: RuleScope): string => t(`rules.scopes.${of}`);
  const list = (parts: string[]): string => new Intl.ListFormat(format.language).format([...new Set(parts)]);
  const scopes = (of: readonly RuleScope[]): string => list(of.map(scope));
  const only = (rows: readonly RuleRow[]): string =>
    list(rows.flatMap(({ only_role }) => (only_role === null ? [] : [role(only_role)])));

  return {
    role,
    group,
    verb,
    scope,
    /** The action with what it is done to. */
    act: (action: string): string => `${group(prefixOf(action))} · ${verb(action)}`,
    /** The answer in a word; with nothing known, that it depends on the role. */
    answer: (answer: RuleAnswer | null): string => t(`rules.answers.${answer ?? "depends_on_role"}`),
    /** The word of a cell: where a role may, if it is not everywhere. */
    cell: ({ answer, scopes: of }: RuleCell): string =>
      answer === "yes_within" && of.length === 1 && of[0]
        ? t(`rules.within.${of[0]}`)
        : t(`rules.answers.${answer}`),
    /** What the rules say of a role, as a sentence. */
    sentence: (name: string, cell: RuleCell): string => {
      const words = { role: name, scope: scopes(cell.scopes), only: only(cell.rows) };
      return t(`rules.says.${cell.answer}`, words);
    },
    limit: (most: number): string => t("rules.limit", { n: format.number(most) }),
    /** What a page says of an action. */
    row: ({ verdict, scope: of }: RuleRow): string => t(`rules.verdicts.${verdict}`, { scope: scope(of) }),
    source: ({ title, kind }: RuleSource): string => t(`rules.sources.${kind}`, { title }),
    tried: ({ allowed, status, times, last_at }: Evidence): string => {
      const outcome = allowed ? "allowed" : status === null ? "refused" : "refused_with";
      return t(`rules.tried.${outcome}`, {
        count: times,
        n: format.number(times),
        date: format.date(last_at),
        status: status ?? "",
      });
    },
    /** Why the connection's key may not do something, or why that is open; null if it may. */
    why: ({ answer, applied }: MayAnswer): string | null => {
      if (answer === "yes" || answer === "yes_within") return null;
      const own = applied[0];
      if (answer === null || !own) return t("rules.says.depends_on_role");
      const words = { role: own.name, scope: scopes(own.cell.scopes), only: only(own.cell.rows) };
      return t(`rules.says.${answer}`, words);
    },
  };
}
