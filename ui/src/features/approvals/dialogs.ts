// Which dialog about a second person is open. Anything may open one; the frame shows it.
import { useSyncExternalStore } from "react";
import type { PlanFileOpening, Signatory } from "../../generated/types";

/** The endings of the files that go to a second person and come back. */
export const PLAN_FILE = "musterplan";
export const APPROVAL_FILE = "musterapproval";

export type ApprovalDialog =
  /** Asks for the file of a plan that somebody sent. */
  | { kind: "open" }
  /** Asks for the file of what somebody said of a plan of a connection. */
  | { kind: "read"; connection: string }
  /** Shows a plan that somebody sent. `id` tells openings apart: a file may have changed meanwhile. */
  | { kind: "review"; opening: PlanFileOpening; id: number }
  /** Asks whose key one is. */
  | { kind: "confirm"; signer: Signatory };

let open: ApprovalDialog | null = null;
let opened = 0;
const listeners = new Set<() => void>();

function show(dialog: ApprovalDialog | null) {
  open = dialog;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const openApprovalDialog = (dialog: ApprovalDialog) => show(dialog);
export const closeApprovalDialog = () => show(null);
export const useApprovalDialog = () => useSyncExternalStore(subscribe, () => open);

export function reviewPlan(opening: PlanFileOpening) {
  opened += 1;
  show({ kind: "review", opening, id: opened });
}
