// What making a plan left out, and why: shown at the plan until somebody has read it, whoever made it.
import { useSyncExternalStore } from "react";
import type { PlanMade } from "../../generated/types";

let notes: ReadonlyMap<string, PlanMade> = new Map();
const listeners = new Set<() => void>();

function set(plan: string, made: PlanMade | null) {
  const next = new Map(notes);
  if (made) next.set(plan, made);
  else next.delete(plan);
  notes = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps what was left out, if anything was. `from`: the plan to show it at where none was made. */
export function noteMade(made: PlanMade, from: string | null = null): void {
  const plan = made.plan?.id ?? from;
  if (plan !== null && made.problems.length + made.unchanged.length > 0) set(plan, made);
}

export const forgetMade = (plan: string) => set(plan, null);

/** What making a plan left out; null: nothing, or it was read. */
export const useMade = (plan: string): PlanMade | null =>
  useSyncExternalStore(subscribe, () => notes.get(plan) ?? null);
