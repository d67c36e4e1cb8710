// How many people there are, as a sentence that is said when it changes.
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Wanted } from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import { announce } from "../../shared/states/announce";
import type { PeopleBlock } from "./usePeopleRows";

export function usePeopleCount(answer: PeopleBlock | null, truth: Wanted, stale: boolean): string | null {
  const { t } = useTranslation();
  const format = useFormat();
  const words = (key: "count" | "possible_count", n: number) =>
    t(`people.${key}`, { count: n, n: format.number(n) });
  const possible = truth === "possible";
  const count =
    answer && (possible ? words("possible_count", answer.possible) : words("count", answer.matching));
  useEffect(() => {
    if (count && !stale) announce(count);
  }, [count, stale]);
  return count;
}
