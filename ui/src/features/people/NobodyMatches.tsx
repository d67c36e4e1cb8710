// Nobody is in the list: why, and what helps.
import { Button, Group } from "@mantine/core";
import { IconUserSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Cleared } from "../../shared/errors/remedies";
import { useFormat } from "../../shared/format/useFormat";
import { PlaceState } from "../../shared/states/PlaceState";

type Props = {
  /** What narrows the list; null: nothing does. */
  narrowed: Cleared | null;
  /** How many more may match. */
  possible: number;
  onClear: () => void;
  /** Drops the last condition; null if there is only one. */
  onDropLast: (() => void) | null;
  onPossible: () => void;
};

export function NobodyMatches({ narrowed, possible, onClear, onDropLast, onPossible }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = () => {
    if (!narrowed) return { title: t("people.nobody"), body: t("people.nobody_text") };
    // What is not known is never told as a no.
    if (possible > 0)
      return {
        title: t("people.nobody_surely"),
        body: t("people.nobody_surely_text", { count: possible, n: format.number(possible) }),
      };
    return { title: t("people.nothing_matches"), body: t(`people.nothing_matches_text.${narrowed}`) };
  };
  const helps = narrowed && [
    { label: t("people.show_possible", { count: possible }), act: possible > 0 ? onPossible : null },
    { label: t("people.drop_last"), act: onDropLast },
    { label: t(`remedies.clear.${narrowed}`), act: onClear },
  ];
  return (
    <PlaceState
      icon={<IconUserSearch size={26} stroke={1.6} />}
      {...words()}
      button={
        helps && (
          <Group gap="xs" justify="center">
            {helps
              .filter(({ act }) => act !== null)
              .map(({ label, act }, place) => (
                <Button key={label} variant={place === 0 ? "filled" : "default"} onClick={act ?? undefined}>
                  {label}
                </Button>
              ))}
          </Group>
        )
      }
    />
  );
}
