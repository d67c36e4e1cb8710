// How settings stand: a card with a title, and lines with a name and a control.
import type { ReactNode } from "react";
import classes from "./SettingsPlace.module.css";

export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.group} aria-label={title}>
      <h2>{title}</h2>
      <div className={classes.card}>{children}</div>
    </section>
  );
}

export function Line({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <div className={classes.line}>
      <div className={classes.name}>
        <span>{name}</span>
        {hint && <span className={classes.hint}>{hint}</span>}
      </div>
      <div className={classes.control}>{children}</div>
    </div>
  );
}
