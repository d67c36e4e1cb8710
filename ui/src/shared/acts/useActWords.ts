// Acts, their fields and what stands in them, in words.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ActTarget, ActViolation, IdentifierKind, JsonFact, Thing } from "../../generated/types";
import { violationWords } from "../errors/useErrorWords";
import { useFormat } from "../format/useFormat";

/** A name with dots as a part of a key: `profile.name` is `profile_name`. */
const part = (name: string) => name.replaceAll(".", "_");

const TIMES = new Set(["subscription.start", "subscription.end", "updated_at"]);
/** Whether a value is a word of the vendor. */
const isWord = (path: string) => path === "role" || path === "type" || path === "preferences.language";

/** The public number that a field of an organization holds: `vatNr`. */
const identifierOf = (path: string) =>
  /^(vat|apb|riziv|finess|cip)Nr$/.exec(path)?.[1] as IdentifierKind | undefined;

export type ActWords = ReturnType<typeof useActWords>;

export function useActWords() {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const word = (path: string, text: string): string => {
      if (path === "role") return t(`roles.${text}`, { defaultValue: text });
      if (path === "type") return t(`kinds.${text}`, { defaultValue: text });
      return t(`acts.languages.${text}`, { defaultValue: text });
    };
    const value = (path: string, json: unknown): string => {
      if (json === null || json === undefined) return t("value.none");
      if (typeof json === "boolean") return json ? t("value.yes") : t("value.no");
      if (Array.isArray(json)) return json.map((one) => value(path, one)).join(", ");
      if (TIMES.has(path) && typeof json === "number") return format.moment(json);
      if (typeof json !== "string") return JSON.stringify(json);
      return isWord(path) ? word(path, json) : json;
    };
    return {
      /** What an act does: `user.create`. */
      act: (kind: string) => t(`acts.kinds.${part(kind)}`, { defaultValue: kind }),
      field: (path: string) => {
        const number = identifierOf(path);
        return number ? t(`identifiers.${number}`) : t(`acts.fields.${part(path)}`, { defaultValue: path });
      },
      thing: (thing: Thing) => t(`acts.things.${thing}`),
      value,
      fact: (path: string, fact: JsonFact) =>
        fact.known === "yes" ? value(path, fact.value) : t(`value.${fact.known}`),
      target: (target: ActTarget) => target.name || `${t(`acts.things.${target.thing}`)} ${target.id}`,
      violation: (own: ActViolation) => violationWords(t, own),
    };
  }, [t, format]);
}
