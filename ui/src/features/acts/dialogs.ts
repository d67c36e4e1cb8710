// Which form of an act, or list that leads to one, is open. Anything may open one; the frame shows it.
import { useSyncExternalStore } from "react";
import type { ActTarget } from "../../generated/types";
import type { Asked } from "./intents";

export type ActDialog =
  /** `no` tells openings apart: what was begun before has its own end. */
  | { kind: "form"; asked: Asked; no: number }
  | { kind: "keys"; connection: string; person: ActTarget }
  | { kind: "subscriptions"; connection: string; organizations: Array<{ id: number; name: string }> };

let open: ActDialog | null = null;
let forms = 0;
const listeners = new Set<() => void>();

function show(dialog: ActDialog | null) {
  open = dialog;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const openActDialog = (dialog: ActDialog) => show(dialog);
export const closeActDialog = () => show(null);
export const useActDialog = () => useSyncExternalStore(subscribe, () => open);
/** Whether a dialog is the one that is open now. */
export const isInFront = (dialog: ActDialog | null) => open === dialog;

/** Opens the form of an act. */
export const openActForm = (
  asked: Pick<Asked, "connection" | "act"> & Partial<Omit<Asked, "connection" | "act">>,
) => {
  forms += 1;
  show({
    kind: "form",
    asked: { targets: [], values: {}, part: null, known: {}, draft: null, ...asked },
    no: forms,
  });
};
