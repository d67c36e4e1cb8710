// Where the person is (connection and place), and how to go elsewhere.
import { useNavigate, useParams, useRouterState } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import type { Connection } from "../generated/types";
import { call } from "../host";
import { useAppState, useConnections } from "../shared/reads/app";
import { ADDRESSES, isPlace, type PlaceId } from "./places";

export function useWhere() {
  const navigate = useNavigate();
  const connections = useConnections();
  const remembered = useAppState().last;
  const { connection: named } = useParams({ strict: false });
  const path = useRouterState({ select: (state) => state.location.pathname });
  const last = path.split("/").at(-1);
  const place: PlaceId = isPlace(last) ? last : "people";
  const current: Connection | null =
    connections.find((connection) => connection.id === named) ??
    connections.find((connection) => connection.id === lastConnection.id) ??
    connections.find((connection) => connection.id === remembered.connection) ??
    connections[0] ??
    null;

  const go = useCallback(
    (to: PlaceId, connection: string | null = current?.id ?? null) => {
      if (to === "settings") return navigate({ to: "/settings" });
      if (!connection) return navigate({ to: "/" });
      return navigate({ to: ADDRESSES[to], params: { connection } });
    },
    [navigate, current?.id],
  );
  return { current, connections, place, go };
}

/** The connection in front; Settings has none in its address. */
export const lastConnection: { id: string | null } = { id: null };

/** Remembers over restarts where the person was. */
export function useRememberWhere(connection: string | null, place: PlaceId): void {
  useEffect(() => {
    lastConnection.id = connection;
    if (connection) call("last_set", { connection, place }).catch(() => undefined);
  }, [connection, place]);
}
