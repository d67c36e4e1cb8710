// Acts, their fields and what stands in them, in words.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ActTarget, IdentifierKind, JsonFact, Thing } from "../../generated/types";
import { type Said, violationWords } from "../errors/useErrorWords";
import { useFormat } from "../format/useFormat";
import { useRuleWords } from "../rules/useRuleWords";
import { type Names, useNames } from "./useNames";

/** A name with dots as a part of a key: `profile.name` is `profile_name`. */
const part = (name: string) => name.replaceAll(".", "_");

const TIMES = new Set(["subscription.start", "subscription.end", "updated_at"]);
/** Whether a value is a word of the vendor. */
const isWord = (path: string) => path === "role" || path === "type" || path === "preferences.language";

/** The public number that a field of an organization holds: `vatNr`. */
const identifierOf = (path: string) =>
  /^(vat|apb|riziv|finess|cip)Nr$/.exec(path)?.[1] as IdentifierKind | undefined;

/** What a value names by its id, and that id. */
export type NamedValue = { name: string; id: string };

/** A name with its id, where there is no room for the id to be quiet. */
export const withId = ({ name, id }: NamedValue): string => `${name} (${id})`;

export type ActWords = ReturnType<typeof useActWords>;

/** What a thing was called when it was noted, or is called now; null: it is not known. */
function called({ thing, id, name }: ActTarget, names: Names): string | null {
  if (name !== "" || thing === "api_key") return name || null;
  return thing === "person" ? names.person(Number(id)) : names.organization(Number(id));
}

export function useActWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const rules = useRuleWords();
  return useMemo(() => {
    const kind = (id: string): string => t(`acts.kinds.${part(id)}`, { defaultValue: id });
    const field = (path: string): string => {
      const number = identifierOf(path);
      return number ? t(`identifiers.${number}`) : t(`acts.fields.${part(path)}`, { defaultValue: path });
    };
    const word = (path: string, text: string): string => {
      if (path === "role") return t(`roles.${text}`, { defaultValue: text });
      if (path === "type") return t(`kinds.${text}`, { defaultValue: text });
      return t(`acts.languages.${text}`, { defaultValue: text });
    };
    const named = (path: string, json: unknown): NamedValue | null => {
      if (typeof json !== "number") return null;
      const name =
        path === "organization"
          ? names.organization(json)
          : path === "subscription.type"
            ? names.subscriptionType(json)
            : null;
      return name === null ? null : { name, id: String(json) };
    };
    const value = (path: string, json: unknown): string => {
      const known = named(path, json);
      if (known) return withId(known);
      if (json === null || json === undefined) return t("value.none");
      if (typeof json === "boolean") return json ? t("value.yes") : t("value.no");
      if (Array.isArray(json)) return json.map((one) => value(path, one)).join(", ");
      if (TIMES.has(path) && typeof json === "number") return format.moment(json);
      if (typeof json !== "string") return JSON.stringify(json);
      return isWord(path) ? word(path, json) : json;
    };
    /** The words of a sentence about what is wrong: roles, actions and fields as they are called. */
    const told = ({ role, action, path, act, ...rest }: Record<string, string> = {}) => ({
      ...rest,
      ...(role !== undefined && { role: rules.role(role) }),
      ...(action !== undefined && { action: rules.act(action) }),
      ...(path !== undefined && { path: field(path) }),
      ...(act !== undefined && { act: kind(act) }),
    });
    return {
      /** What an act does: `user.create`. */
      act: kind,
      field,
      thing: (thing: Thing) => t(`acts.things.${thing}`),
      /** What a value names by its id; null: it names nothing, or what is not known. */
      named,
      value,
      fact: (path: string, fact: JsonFact) =>
        fact.known === "yes" ? value(path, fact.value) : t(`value.${fact.known}`),
      target: (target: ActTarget) =>
        called(target, names) ?? `${t(`acts.things.${target.thing}`)} ${target.id}`,
      called: (target: ActTarget) => called(target, names),
      violation: (own: Said) => violationWords(t, { ...own, values: told(own.values) }),
    };
  }, [t, format, names, rules]);
}
