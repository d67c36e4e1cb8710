// How many people have a role, in words. Of whom the role is not known may have it.
import { useTranslation } from "react-i18next";
import { useFormat } from "../../shared/format/useFormat";

export function usePeopleWords() {
  const { t } = useTranslation();
  const format = useFormat();
  /** Null before the first sync. */
  return (people: number | null, unknown: number): string | null => {
    if (people === null) return null;
    const counted = { count: people, n: format.number(people) };
    if (unknown === 0) return t("people.count", counted);
    return people === 0 ? t("rules.people_unknown") : t("rules.people_at_least", counted);
  };
}
