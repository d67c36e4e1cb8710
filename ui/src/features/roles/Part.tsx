// What the panels of Roles are made of.
import type { ReactNode } from "react";
import classes from "./Panels.module.css";

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
