// The names of columns.
import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { COLUMN_IDS } from "./view";

const IDENTIFIERS = ["vat", "apb", "riziv", "finess", "cip"] as const;

/** The name of a column, by its id; an id that nobody knows stands for itself. */
export function columnName(id: string, t: TFunction): string {
  const identifier = IDENTIFIERS.find((kind) => kind === id);
  if (identifier) return t(`identifiers.${identifier}`);
  const column = COLUMN_IDS.find((known) => known === id);
  return column ? t(`columns.${column as Exclude<typeof column, (typeof IDENTIFIERS)[number]>}`) : id;
}

export function useColumnNames(): (id: string) => string {
  const { t } = useTranslation();
  return useCallback((id: string) => columnName(id, t), [t]);
}
