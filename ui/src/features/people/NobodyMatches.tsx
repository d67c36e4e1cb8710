// Nobody is in the list: why, and what helps.
import { Button, Group } from "@mantine/core";
import { IconUserSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Cleared } from "../../shared/errors/remedies";
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
  return (
    <PlaceState
      icon={<IconUserSearch size={26} stroke={1.6} />}
      title={narrowed ? t("people.nothing_matches") : t("people.nobody")}
      body={narrowed ? t(`people.nothing_matches_text.${narrowed}`) : t("people.nobody_text")}
      button={
        narrowed && (
          <Group gap="xs" justify="center">
            {onDropLast && <Button onClick={onDropLast}>{t("people.drop_last")}</Button>}
            <Button variant={onDropLast ? "default" : "filled"} onClick={onClear}>
              {t(`remedies.clear.${narrowed}`)}
            </Button>
            {possible > 0 && (
              <Button variant="default" onClick={onPossible}>
                {t("people.show_possible", { count: possible })}
              </Button>
            )}
          </Group>
        )
      }
    />
  );
}
