// The registry of key handlers: the place that was mounted last answers an action.
import { useEffect, useRef } from "react";
import { LAYERS } from "../theme/mantine";
import { type ActionId, actionOf, isField, isTyping } from "./actions";

const handlers = new Map<ActionId, Array<() => void>>();

/** Answers an action's keys while mounted. */
export function useAction(id: ActionId, handler: (() => void) | null): void {
  const latest = useRef(handler);
  latest.current = handler;
  const enabled = handler !== null;
  useEffect(() => {
    if (!enabled) return;
    const run = () => latest.current?.();
    const stack = handlers.get(id) ?? [];
    stack.push(run);
    handlers.set(id, stack);
    return () => {
      stack.splice(stack.indexOf(run), 1);
    };
  }, [id, enabled]);
}

/** What floats above the window, with what opened it: it closes by itself. */
const ABOVE = `#${LAYERS}, [aria-modal="true"], [aria-haspopup][aria-expanded="true"]`;

/** Whether a press was made in it. By the way the press took: what it closed may be gone already. */
const isAbove = (event: KeyboardEvent) =>
  event.composedPath().some((part) => part instanceof Element && part.matches(ABOVE));

const dialogsOpen = () => [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')];

/** Whether a press would mark the texts of the whole window, those behind a dialog too. */
const marksAll = ({ key, ctrlKey, metaKey, target }: KeyboardEvent) =>
  key.toLowerCase() === "a" && (ctrlKey || metaKey) && !isField(target);

function dispatch(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || isTyping(event)) return;
  if (marksAll(event) && dialogsOpen().length > 0) return event.preventDefault();
  const action = actionOf(event);
  if (!action || (action === "close" && isAbove(event))) return;
  // Behind an open dialog nothing may move; the palette is a dialog that its own keys close.
  const others = dialogsOpen().filter((dialog) => action !== "palette" || !dialog.closest("[data-palette]"));
  if (others.length > 0) {
    if (event.ctrlKey || event.metaKey) event.preventDefault();
    return;
  }
  const run = handlers.get(action)?.at(-1);
  // A browser must not reload or search the page for one of our keys, even where the action rests.
  if (event.ctrlKey || event.metaKey) event.preventDefault();
  if (run) {
    event.preventDefault();
    run();
  }
}

/** Listens on the window; call once. */
export function useKeyboard(): void {
  useEffect(() => {
    window.addEventListener("keydown", dispatch);
    return () => window.removeEventListener("keydown", dispatch);
  }, []);
}
