// What stands in the sidebar; where only icons have room, behind an icon.
import { ActionIcon, Popover } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import classes from "./Freshness.module.css";

type Props = {
  /** Names the icon. */
  label: string;
  icon: ReactNode;
  warn?: boolean;
  /** What stands in the sidebar, if it is not what is behind the icon. */
  wide?: ReactNode;
  children: ReactNode;
};

export function Behind({ label, icon, warn = false, wide, children }: Props) {
  const narrow = useMediaQuery("(max-width: 56.2em)", undefined, { getInitialValueInEffect: false });
  if (!narrow) return wide ?? children;
  return (
    <Popover position="right-end" width={288} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon aria-label={label} className={warn ? classes.trouble : undefined}>
          {icon}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.popover} aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
