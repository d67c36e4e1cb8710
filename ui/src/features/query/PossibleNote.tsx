// "+ 12 possible": how many more may match because something is not known.
import { UnstyledButton } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../shared/format/useFormat";
import { Hint } from "../../shared/keys/Hint";
import classes from "./PossibleNote.module.css";

type Props = {
  possible: number;
  /** How many surely match. */
  total: number;
  /** Whether the possible ones are shown now. */
  shown?: boolean;
  onShow: () => void;
};

export function PossibleNote({ possible, total, shown = false, onShow }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (possible === 0 && !shown) return null;
  const label = shown
    ? t("query.possible.back", { count: total, n: format.number(total) })
    : t("query.possible.note", { count: possible, n: format.number(possible) });
  return (
    <Hint label={t("query.possible.why")}>
      <UnstyledButton className={classes.note} aria-pressed={shown} onClick={onShow}>
        <IconHelpCircle size={14} stroke={1.8} aria-hidden />
        <span className={`${classes.label} num`}>{label}</span>
      </UnstyledButton>
    </Hint>
  );
}
