// Starting and stopping jobs.
import type { Job } from "../../generated/types";
import { call } from "../../host";
import { queryClient, withJob } from "./client";
import { putConnection } from "./connections";
import { keys } from "./keys";

/** Starts a sync, or does nothing if one of this connection runs. */
export async function startSync(connection: string): Promise<void> {
  const running = queryClient
    .getQueryData<Job[]>(keys.jobs)
    ?.some((job) => job.kind === "sync" && job.connection === connection && job.state === "running");
  if (running) return;
  putJob(await call("sync_start", { connection }));
}

/** A job that was started is in the list at once. */
export function putJob(started: Job): void {
  queryClient.setQueryData<Job[]>(keys.jobs, (jobs) =>
    // An event may have overtaken the answer; it is the newer one.
    jobs?.some((job) => job.id === started.id) ? jobs : withJob(jobs ?? [], started),
  );
}

/** Sets a damaged mirror aside and makes a new one. */
export async function renewMirror(connection: string): Promise<void> {
  putConnection(await call("mirror_set_aside", { connection }));
  await startSync(connection);
}

export async function cancelJob(job: string): Promise<void> {
  await call("job_cancel", { job });
}
