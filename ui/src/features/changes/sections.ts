// How plans are grouped in the list, and in which order.
import type { PlanSummary } from "../../generated/types";

export type Sections = { outbox: PlanSummary[]; open: PlanSummary[]; ended: PlanSummary[] };

const OPEN = new Set(["made", "running", "paused"]);

/** The outbox in its order; then plans that can go on, and those at their end, the newest first. */
export function sectionsOf(plans: readonly PlanSummary[]): Sections {
  const newest = [...plans].sort((a, b) => b.changed_at - a.changed_at);
  return {
    outbox: plans
      .filter(({ state }) => state === "queued")
      .sort((a, b) => (a.position ?? 0) - (b.position ?? 0)),
    open: newest.filter(({ state }) => OPEN.has(state)),
    ended: newest.filter(({ state }) => state === "ended" || state === "canceled" || state === "replaced"),
  };
}

/** The ids of a list with one of them at another place. */
export function movedTo(ids: readonly string[], id: string, to: number): string[] {
  const rest = ids.filter((own) => own !== id);
  const place = Math.max(0, Math.min(to, rest.length));
  return [...rest.slice(0, place), id, ...rest.slice(place)];
}
