// The names of columns.
import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { COLUMN_IDS, isIdentifier } from "./view";

/** The name of a column, by its id; an id that nobody knows stands for itself. */
export function columnName(id: string, t: TFunction): string {
  if (isIdentifier(id)) return t(`identifiers.${id}`);
  const column = COLUMN_IDS.find((known) => known === id);
  return column && !isIdentifier(column) ? t(`columns.${column}`) : id;
}

export function useColumnNames(): (id: string) => string {
  const { t } = useTranslation();
  return useCallback((id: string) => columnName(id, t), [t]);
}
