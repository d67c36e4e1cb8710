// The facets in words.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { FacetBy, TextFact } from "../../generated/types";
import { roleText } from "../people/columns";
import { isIdentifier } from "../people/view";

/** `30d` as its number and unit. */
const AGE = /^(\d+)([dwmy])$/;

export function useFacetWords() {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      group: (by: FacetBy): string => {
        if (isIdentifier(by)) return t(`identifiers.${by}`);
        if (by === "created_year") return t("columns.created_at");
        if (by === "changed") return t("columns.last_changed");
        return t(`columns.${by}`);
      },
      part: (by: FacetBy, value: TextFact): string => {
        if (value.known !== "yes") return t(`value.${value.known}`);
        if (by === "role") return roleText(value.text, t);
        if (isIdentifier(by) && value.text === "any") return t("facets.any");
        const age = by === "changed" ? AGE.exec(value.text) : null;
        if (!age) return value.text;
        const unit = age[2] as "d" | "w" | "m" | "y";
        return t(`facets.ages.${unit}`, { count: Number(age[1]) });
      },
    }),
    [t],
  );
}
