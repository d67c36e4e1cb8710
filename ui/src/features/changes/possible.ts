// What may be done with a plan as it stands.
import type { PlanSummary } from "../../generated/types";
import { countOf } from "../../shared/reads/plans";

export type PlanAct =
  | "apply"
  | "resume"
  | "retry"
  | "pause"
  | "queue"
  | "unqueue"
  | "again"
  | "undo"
  | "change"
  | "cancel"
  | "remove";

/** Whether something of a plan can be taken back. */
const hasWayBack = ({ marks, steps }: PlanSummary): boolean =>
  marks.every(({ mark, count }) => mark !== "final" || count < steps);

/** What may be done, the likeliest first. `running`: a job is at it. */
export function possibleActs(plan: PlanSummary, running: boolean, offline: boolean): PlanAct[] {
  const left = countOf(plan, "waiting", "rejected", "superseded") > 0;
  const refused = countOf(plan, "rejected") > 0;
  const done = countOf(plan, "applied", "accepted") > 0 && hasWayBack(plan);
  const when = (wanted: boolean, act: PlanAct): PlanAct[] => (wanted ? [act] : []);
  switch (plan.state) {
    case "made":
      if (!plan.is_whole) return ["remove"];
      return offline
        ? ["queue", "again", "change", "remove"]
        : ["apply", "queue", "again", "change", "remove"];
    case "queued":
      if (!plan.is_whole) return ["remove"];
      return offline
        ? ["unqueue", "again", "change", "remove"]
        : ["again", "apply", "unqueue", "change", "remove"];
    case "running":
      return running ? ["pause", "cancel"] : ["resume", "cancel"];
    case "paused":
      if (!plan.is_whole) return ["cancel"];
      return [
        ...when(!offline, "resume"),
        ...when(refused && !offline, "retry"),
        ...when(offline, "queue"),
        ...when(left, "again"),
        "change",
        ...when(done, "undo"),
        "cancel",
      ];
    case "ended":
      return [
        ...when(done, "undo"),
        ...when(refused, "retry"),
        ...when(left, "again"),
        ...when(left, "change"),
      ];
    case "canceled":
      return [...when(done, "undo"), ...when(left, "change")];
    case "replaced":
      return ["remove"];
  }
}

/** The plan that taking back the last change undoes, or the plan that does so already. */
export function lastToUndo(plans: readonly PlanSummary[]): { undo: string } | { open: string } | null {
  const newest = [...plans].sort((a, b) => b.changed_at - a.changed_at);
  for (const plan of newest) {
    if (plan.undoes !== null || countOf(plan, "applied", "accepted") === 0) continue;
    const undoing = newest.find(
      ({ undoes, state }) => undoes === plan.id && state !== "canceled" && state !== "replaced",
    );
    if (!undoing) return { undo: plan.id };
    if (undoing.state !== "ended") return { open: undoing.id };
  }
  return null;
}
