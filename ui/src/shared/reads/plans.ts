// Reads of drafts and plans, and what of them needs somebody.
import { useQuery } from "@tanstack/react-query";
import type { ChangeDraft, Connection, Job, PlanSummary, StepState } from "../../generated/types";
import { call } from "../../host";
import { useJobs } from "./app";
import { keys } from "./keys";

export function usePlans(connection: string | null) {
  return useQuery({
    queryKey: keys.plans(connection ?? ""),
    queryFn: () => call("plans_list", { connection: connection ?? "" }),
    enabled: connection !== null,
  });
}

export function useDrafts(connection: string) {
  return useQuery({
    queryKey: keys.drafts(connection),
    queryFn: (): Promise<ChangeDraft[]> => call("drafts_list", { connection }),
  });
}

/** A plan with what takes reading all of it. */
export function usePlan(connection: string, plan: string) {
  return useQuery({
    queryKey: keys.plan(connection, plan),
    queryFn: () => call("plan_get", { connection, plan }),
  });
}

/** The job that applies a plan, or the last one that did; null if none since the start. */
export function useApplying(connection: string, plan: string): Job | null {
  return useJobs().find((job) => job.connection === connection && job.plan === plan) ?? null;
}

/** How many steps of a plan stand like one of these. */
export function countOf({ counts }: Pick<PlanSummary, "counts">, ...states: StepState[]): number {
  return counts.reduce((sum, { state, count }) => (states.includes(state) ? sum + count : sum), 0);
}

/** Whether the network of a connection is known to be away. */
export const isOffline = ({ link, practice_network }: Connection): boolean =>
  !practice_network || (link.state === "error" && link.error.code === "offline");

/** Whether a plan waits for somebody: nothing goes on by itself, and something is left to be done. */
export function needsSomebody(plan: PlanSummary, offline: boolean, running: boolean): boolean {
  switch (plan.state) {
    case "paused":
      return true;
    case "running":
      return !running;
    case "queued":
      return !offline;
    case "ended":
      return countOf(plan, "unknown", "sending") > 0;
    default:
      return false;
  }
}

/** How many plans of a connection wait for somebody. */
export function usePlansWaiting(connection: Connection): number {
  const plans = usePlans(connection.id).data ?? [];
  const jobs = useJobs();
  const offline = isOffline(connection);
  const runs = (plan: string) => jobs.some((job) => job.plan === plan && job.state === "running");
  return plans.filter((plan) => needsSomebody(plan, offline, runs(plan.id))).length;
}
