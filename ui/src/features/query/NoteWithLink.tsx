// A quiet line that ends in a button, or in two.
import type { ReactNode } from "react";
import classes from "./NoteWithLink.module.css";

type Props = {
  children: ReactNode;
  link: string;
  onLink: () => void;
  other?: { link: string; onLink: () => void };
};

export function NoteWithLink({ children, link, onLink, other }: Props) {
  return (
    <p className={classes.note}>
      {children}{" "}
      <button type="button" className={classes.link} onClick={onLink}>
        {link}
      </button>
      {other && (
        <>
          {" · "}
          <button type="button" className={classes.link} onClick={other.onLink}>
            {other.link}
          </button>
        </>
      )}
    </p>
  );
}
