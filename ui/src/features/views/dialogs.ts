// Which dialog about a view is open. Anything may open one; the frame shows it.
import { useSyncExternalStore } from "react";
import type { View, ViewOpening } from "../../generated/types";

export type ViewDialog =
  /** Keeps what People shows when the name is given. */
  | { kind: "save"; connection: string }
  | { kind: "rename" | "delete"; connection: string; view: View }
  /** A view of which this version cannot read all: not shown, or to be replaced all the same. */
  | { kind: "unread" | "replace"; connection: string; view: View }
  /** Asks for a link or a file. */
  | { kind: "open"; connection: string }
  /** Shows what came with a link or a file; keeps nothing until the person says so. */
  | { kind: "preview"; opening: ViewOpening };

let open: ViewDialog | null = null;
const listeners = new Set<() => void>();

function show(dialog: ViewDialog | null) {
  open = dialog;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const openViewDialog = (dialog: ViewDialog) => show(dialog);
export const closeViewDialog = () => show(null);
export const useViewDialog = () => useSyncExternalStore(subscribe, () => open);
