// What a screen reader should say without moving: counts, ends of jobs.
import { useSyncExternalStore } from "react";

let said = "";
const listeners = new Set<() => void>();

/** Says a sentence politely. */
export function announce(sentence: string) {
  // The same sentence twice would not be read again; a trailing no-break space makes it another one.
  said = said === sentence ? `${sentence}\u00a0` : sentence;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Announcements() {
  const sentence = useSyncExternalStore(subscribe, () => said);
  return (
    <div className="sr-only" role="status" aria-live="polite" data-testid="announcements">
      {sentence}
    </div>
  );
}
