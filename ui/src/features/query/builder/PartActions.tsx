// The controls that every part has: drag, NOT, off, up, down, remove.
import { ActionIcon, UnstyledButton } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconEye,
  IconEyeOff,
  IconGripVertical,
  IconTrash,
} from "@tabler/icons-react";
import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { Hint } from "../../../shared/keys/Hint";
import classes from "./Builder.module.css";

export function DragGrip({ dragRef }: { dragRef: Ref<HTMLSpanElement> }) {
  return (
    <span ref={dragRef} className={classes.grip} aria-hidden>
      <IconGripVertical size={15} stroke={1.7} />
    </span>
  );
}

export function NotToggle({ not, onToggle }: { not: boolean; onToggle: () => void }) {
  const { t } = useTranslation();
  return (
    <Hint label={not ? t("query.builder.not_on") : t("query.builder.not_off")}>
      <UnstyledButton className={classes.not} aria-pressed={not} onClick={onToggle} data-act="not">
        {t("query.builder.not")}
      </UnstyledButton>
    </Hint>
  );
}

type Props = {
  id: string;
  off: boolean;
  onOff: () => void;
  onMove?: (id: string, way: "up" | "down") => void;
  upDisabled?: boolean;
  downDisabled?: boolean;
  onRemove?: () => void;
};

export function PartActions({ id, off, onOff, onMove, upDisabled, downDisabled, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <span className={classes.acts}>
      {onMove && (
        <>
          <Hint label={t("query.builder.up")}>
            <ActionIcon
              size={24}
              className={classes.shy}
              aria-label={t("query.builder.up")}
              aria-disabled={upDisabled || undefined}
              data-act="up"
              onClick={() => !upDisabled && onMove(id, "up")}
            >
              <IconArrowUp size={14} />
            </ActionIcon>
          </Hint>
          <Hint label={t("query.builder.down")}>
            <ActionIcon
              size={24}
              className={classes.shy}
              aria-label={t("query.builder.down")}
              aria-disabled={downDisabled || undefined}
              data-act="down"
              onClick={() => !downDisabled && onMove(id, "down")}
            >
              <IconArrowDown size={14} />
            </ActionIcon>
          </Hint>
        </>
      )}
      <Hint label={off ? t("query.builder.turn_on") : t("query.builder.turn_off")}>
        <ActionIcon size={24} aria-label={t("query.builder.turn_off")} aria-pressed={off} onClick={onOff}>
          {off ? <IconEyeOff size={15} /> : <IconEye size={15} />}
        </ActionIcon>
      </Hint>
      {onRemove && (
        <Hint label={t("query.builder.remove")}>
          <ActionIcon size={24} aria-label={t("query.builder.remove")} onClick={onRemove}>
            <IconTrash size={15} />
          </ActionIcon>
        </Hint>
      )}
    </span>
  );
}
