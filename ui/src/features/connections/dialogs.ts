// Which dialog about a connection is open. Anything may open one; the frame shows it.
import { useSyncExternalStore } from "react";

export type ConnectionDialog =
  | { kind: "connect" }
  | { kind: "rename" | "test" | "secret" | "remove"; connection: string };

let open: ConnectionDialog | null = null;
const listeners = new Set<() => void>();

function show(dialog: ConnectionDialog | null) {
  open = dialog;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const openConnectionDialog = (dialog: ConnectionDialog) => show(dialog);
export const closeConnectionDialog = () => show(null);
export const useConnectionDialog = () => useSyncExternalStore(subscribe, () => open);
