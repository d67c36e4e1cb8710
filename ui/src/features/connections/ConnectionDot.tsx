// A connection's colour, as a dot.
import type { Colour } from "../../generated/types";
import classes from "./ConnectionDot.module.css";

export const COLOURS: readonly Colour[] = [
  "blue",
  "teal",
  "green",
  "yellow",
  "orange",
  "red",
  "grape",
  "violet",
  "gray",
];

export function ConnectionDot({ colour, size = 10 }: { colour: Colour; size?: number }) {
  return (
    <span className={classes.dot} data-colour={colour} style={{ width: size, height: size }} aria-hidden />
  );
}
