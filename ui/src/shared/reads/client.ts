// The cache of reads, and how events of the host keep it true.
import { QueryClient } from "@tanstack/react-query";
import type { AppEvent, AtStake, Job } from "../../generated/types";
import { listen } from "../../host";
import { keys, staleAfter } from "./keys";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The engine repeats what may be repeated, and works without a network.
      retry: false,
      networkMode: "always",
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    mutations: { retry: false, networkMode: "always" },
  },
});

/** The list of jobs with one of them renewed; newest first. */
export function withJob(jobs: readonly Job[], job: Job): Job[] {
  return [job, ...jobs.filter((other) => other.id !== job.id)].sort((a, b) => b.started_at - a.started_at);
}

type StateEvent = Exclude<AppEvent, { kind: "link" | "closing" }>;

function take(client: QueryClient, event: StateEvent) {
  if (event.kind === "job") {
    client.setQueryData<Job[]>(keys.jobs, (jobs) => withJob(jobs ?? [], event.job));
    return;
  }
  for (const queryKey of staleAfter(event)) client.invalidateQueries({ queryKey });
}

/** Keeps the cache true until the returned function is called. */
export function followHost(
  client: QueryClient,
  onJob: (job: Job) => void,
  onLink: (link: string) => void,
  onClosing: (atStake: AtStake) => void,
): () => void {
  let first = true;
  // Another program may have been at the same profile while somebody was in another window.
  const look = () => {
    for (const queryKey of [keys.connections, ["plans"]]) client.invalidateQueries({ queryKey });
  };
  window.addEventListener("focus", look);
  const stop = listen(
    (event) => {
      if (event.kind === "link") return onLink(event.link);
      if (event.kind === "closing") return onClosing(event.at_stake);
      take(client, event);
      if (event.kind === "job") onJob(event.job);
    },
    () => {
      if (!first) client.invalidateQueries();
      else client.invalidateQueries({ queryKey: keys.jobs });
      first = false;
    },
  );
  return () => {
    window.removeEventListener("focus", look);
    stop();
  };
}
