// The line above a place: its name, how much there is, its controls.
import type { ReactNode } from "react";
import classes from "./PlaceHeader.module.css";

type Props = {
  title: string;
  /** Right behind the title. */
  beside?: ReactNode;
  count: string | null;
  /** Right behind the count. */
  note?: ReactNode;
  children?: ReactNode;
};

export function PlaceHeader({ title, beside, count, note, children }: Props) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1>{title}</h1>
        {beside}
        <p className={classes.count} data-testid="count">
          {count}
        </p>
        {note}
      </div>
      <div className={classes.controls}>{children}</div>
    </header>
  );
}
