// The values of a person in words: their names, their texts, what copying gives.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { PersonDetails, ValueWithProvenance } from "../../generated/types";
import { useActWords } from "../../shared/acts/useActWords";
import { useFormat } from "../../shared/format/useFormat";
import { organizationText, roleText } from "./columns";

const NAMED = [
  "id",
  "name",
  "organization",
  "created_at",
  "updated_at",
  "role",
  "email",
  "enabled",
  "language",
  "public",
  "target_groups",
  "subscription_type",
  "subscription_start",
  "subscription_end",
] as const;
type Named = (typeof NAMED)[number];
const isNamed = (key: string): key is Named => NAMED.some((named) => named === key);

/** A value of the vendor's own, as plain text. */
export function plainText(value: unknown): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value) ?? "";
}

export function useValueWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const acts = useActWords();
  return useMemo(
    () => ({
      name: (key: string) => (isNamed(key) ? t(`values.${key}`) : key),
      text: ({ key, known, value }: ValueWithProvenance, details: PersonDetails): string => {
        if (known !== "yes") return t(`value.${known}`);
        if (key === "organization") return organizationText(details.row.organization, t);
        if (key === "subscription_type") return acts.value("subscription.type", value);
        if (key === "role" && typeof value === "string") return roleText(value, t);
        if ((key === "created_at" || key === "updated_at") && typeof value === "number")
          return format.moment(value);
        if ((key === "subscription_start" || key === "subscription_end") && typeof value === "number")
          return format.date(value);
        if (key === "language" && typeof value === "string")
          return t(`acts.languages.${value}`, { defaultValue: value });
        if (Array.isArray(value)) return value.map(plainText).join(", ");
        if (typeof value === "boolean") return value ? t("value.yes") : t("value.no");
        return plainText(value);
      },
      copy: ({ value }: ValueWithProvenance): string => plainText(value),
    }),
    [t, format, acts],
  );
}
