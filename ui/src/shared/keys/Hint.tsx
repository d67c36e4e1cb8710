// A tooltip that names a control and shows its keys.
import { Tooltip } from "@mantine/core";
import type { ReactElement } from "react";
import type { ActionId } from "./actions";
import classes from "./Hint.module.css";
import { Keys } from "./Keys";

type Props = {
  label: string;
  action?: ActionId;
  position?: "top" | "bottom" | "left" | "right";
  disabled?: boolean;
  children: ReactElement;
};

export function Hint({ label, action, position = "bottom", disabled, children }: Props) {
  return (
    <Tooltip
      position={position}
      disabled={disabled}
      classNames={{ tooltip: classes.hint }}
      multiline
      label={
        <span className={classes.line}>
          {label}
          {action && <Keys action={action} />}
        </span>
      }
    >
      {children}
    </Tooltip>
  );
}
