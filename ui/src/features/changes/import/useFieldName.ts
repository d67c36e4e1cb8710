// What a column may mean, as a person reads it.
import { useTranslation } from "react-i18next";
import type { ActForm } from "../../../generated/types";
import { useActWords } from "../../../shared/acts/useActWords";

export function useFieldName({ target }: ActForm) {
  const { t } = useTranslation();
  const words = useActWords();
  return (value: string) =>
    value === "target" && target !== null ? t(`acts.target.${target}`) : words.field(value);
}
