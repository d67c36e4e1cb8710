// An act in a menu, which says why it rests if the rules forbid it.
import { Menu } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Acts.module.css";

type Props = { label: string; icon: ReactNode; refusal: string | null; onClick: () => void };

/** Not `disabled`: it keeps the focus, and says why it rests. */
export function ActItem({ label, icon, refusal, onClick }: Props) {
  const rests = refusal !== null;
  return (
    <Menu.Item
      leftSection={icon}
      aria-disabled={rests || undefined}
      data-rests={rests || undefined}
      closeMenuOnClick={!rests}
      onClick={rests ? undefined : onClick}
    >
      {label}
      {refusal && <span className={classes.why}>{refusal}</span>}
    </Menu.Item>
  );
}
