// The keys of a grid: those by which a person steps, and those that the grid leaves to us.

/** The keys by which a person steps from cell to cell. */
export const STEPS = new Set([
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "PageUp",
  "PageDown",
  "Home",
  "End",
]);
export const MODIFIERS = new Set(["Control", "Meta", "Shift", "Alt"]);

const isMod = ({ ctrlKey, metaKey }: KeyboardEvent) => ctrlKey || metaKey;

/** Space, Ctrl or Cmd and A, Shift and an arrow. */
const selects = (event: KeyboardEvent) =>
  event.key === " " ||
  (isMod(event) && event.key.toLowerCase() === "a") ||
  (event.shiftKey && (event.key === "ArrowUp" || event.key === "ArrowDown"));

/** It would copy a value into the rows below; with us the keys mean something else. */
const fillsDown = (event: KeyboardEvent) => isMod(event) && event.key.toLowerCase() === "d";

/**
 * Whether the grid must leave a press to us. What the browser makes of those that select, scrolling by a page
 * or selecting all text, is prevented here and now: the grid tells of a press only when that is done.
 */
export function takenFromGrid(event: KeyboardEvent): boolean {
  if (selects(event)) {
    event.preventDefault();
    return true;
  }
  return fillsDown(event);
}
