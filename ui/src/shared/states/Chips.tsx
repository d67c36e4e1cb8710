// Small removable or pressable facts above a grid.
import { UnstyledButton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./Chips.module.css";

export function Chips({ children }: { children: ReactNode }) {
  return <div className={classes.chips}>{children}</div>;
}

type Props = { children: ReactNode } & (
  | { onRemove: () => void; removeLabel: string; pressed?: never; onToggle?: never }
  | { pressed: boolean; onToggle: () => void; onRemove?: never; removeLabel?: never }
);

export function Chip({ children, onRemove, removeLabel, pressed, onToggle }: Props) {
  if (onToggle) {
    return (
      <UnstyledButton className={classes.chip} aria-pressed={pressed} onClick={onToggle} data-warn>
        {children}
        {pressed && <IconX size={13} aria-hidden />}
      </UnstyledButton>
    );
  }
  return (
    <span className={classes.chip} data-on>
      <span className={classes.text} dir="auto">
        {children}
      </span>
      <UnstyledButton className={classes.remove} onClick={onRemove} aria-label={removeLabel}>
        <IconX size={13} aria-hidden />
      </UnstyledButton>
    </span>
  );
}
