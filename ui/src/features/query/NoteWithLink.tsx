// A quiet line that ends in a button.
import type { ReactNode } from "react";
import classes from "./NoteWithLink.module.css";

type Props = { children: ReactNode; link: string; onLink: () => void };

export function NoteWithLink({ children, link, onLink }: Props) {
  return (
    <p className={classes.note}>
      {children}{" "}
      <button type="button" className={classes.link} onClick={onLink}>
        {link}
      </button>
    </p>
  );
}
