// The line above a place: its name, how much there is, its controls.
import type { ReactNode } from "react";
import classes from "./PlaceHeader.module.css";

type Props = { title: string; count: string | null; note?: string | null; children?: ReactNode };

export function PlaceHeader({ title, count, note, children }: Props) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1>{title}</h1>
        <p className={classes.count} data-testid="count">
          {count}
          {note && <span className={classes.note}>{note}</span>}
        </p>
      </div>
      <div className={classes.controls}>{children}</div>
    </header>
  );
}
