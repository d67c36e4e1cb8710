// Reads that every place needs: the state of the app, its connections, its jobs.
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import type { AppState, Connection, Job, Settings } from "../../generated/types";
import { call } from "../../host";
import { queryClient } from "./client";
import { keys } from "./keys";

export async function loadAppState(): Promise<AppState> {
  const state = await call("app_state", null);
  queryClient.setQueryData<Connection[]>(keys.connections, (known) => known ?? state.connections);
  return state;
}

export function useAppState(): AppState {
  return useSuspenseQuery({ queryKey: keys.settings, queryFn: loadAppState }).data;
}

export function useConnections(): Connection[] {
  return useSuspenseQuery({ queryKey: keys.connections, queryFn: () => call("connections_list", null) }).data;
}

export function useConnection(id: string | null): Connection | null {
  return useConnections().find((connection) => connection.id === id) ?? null;
}

export function useJobs(): Job[] {
  return useQuery({ queryKey: keys.jobs, queryFn: () => call("jobs_list", null) }).data ?? [];
}

/** The newest sync of a connection; null if none ran since the start. */
export function useLatestSync(connection: string): Job | null {
  return useJobs().find((job) => job.kind === "sync" && job.connection === connection) ?? null;
}

/** The exports of a connection since the start, newest first. */
export function useExports(connection: string): Job[] {
  return useJobs().filter((job) => job.kind === "export" && job.connection === connection);
}

export async function saveSettings(settings: Settings): Promise<void> {
  const before = queryClient.getQueryData<AppState>(keys.settings);
  if (before) queryClient.setQueryData<AppState>(keys.settings, { ...before, settings });
  try {
    await call("settings_set", settings);
  } catch (refusal) {
    queryClient.setQueryData(keys.settings, before);
    throw refusal;
  }
}
