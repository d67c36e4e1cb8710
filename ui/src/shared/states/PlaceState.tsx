// A place that has nothing to show yet: what happened, in plain words, and one button that helps.
import type { ReactNode } from "react";
import classes from "./PlaceState.module.css";

type Props = { icon: ReactNode; title: string; body?: ReactNode; button?: ReactNode; tone?: "calm" | "warn" };

export function PlaceState({ icon, title, body, button, tone = "calm" }: Props) {
  return (
    <div className={classes.state} role={tone === "warn" ? "alert" : "status"}>
      <div className={classes.icon} data-tone={tone} aria-hidden>
        {icon}
      </div>
      <h2 className={classes.title}>{title}</h2>
      {body && <div className={classes.body}>{body}</div>}
      {button && <div className={classes.button}>{button}</div>}
    </div>
  );
}
