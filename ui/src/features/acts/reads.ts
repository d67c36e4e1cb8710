// What forms of acts read.
import { useQuery } from "@tanstack/react-query";
import type { ActForm } from "../../generated/types";
import { call } from "../../host";
import { queryClient } from "../../shared/reads/client";
import type { Values } from "./intents";

/** Every act that the connection's vendor knows. */
const loadActs = (connection: string) => ({
  queryKey: ["acts", connection] as const,
  queryFn: () => call("acts_list", { connection }),
  staleTime: Number.POSITIVE_INFINITY,
});

export function useActs(connection: string): ActForm[] | undefined {
  return useQuery(loadActs(connection)).data;
}

export async function actNamed(connection: string, act: string): Promise<ActForm | undefined> {
  return (await queryClient.ensureQueryData(loadActs(connection))).find(({ id }) => id === act);
}

const PLACE = "acts";
const LAST_KEY = (connection: string) => ["workspace", connection, PLACE] as const;

/** What stood in the last form of each kind, without what is one thing's own. */
export function useLast(connection: string): Record<string, Values> {
  const { data } = useQuery({
    queryKey: LAST_KEY(connection),
    queryFn: async () => (await call("workspace_get", { connection, place: PLACE })) ?? {},
  });
  return (data ?? {}) as Record<string, Values>;
}

export function keepLast(connection: string, act: string, values: Values): void {
  const last = queryClient.getQueryData<Record<string, Values>>(LAST_KEY(connection)) ?? {};
  const next = { ...last, [act]: values };
  queryClient.setQueryData(LAST_KEY(connection), next);
  // Convenience only: without it the next form begins empty.
  call("workspace_set", { connection, place: PLACE, state: next }).catch(() => undefined);
}
