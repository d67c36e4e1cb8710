// The list of connections right after an act on it, before the host's event comes.
import type { Connection } from "../../generated/types";
import { forgetNames } from "../acts/names";
import { queryClient } from "./client";
import { keys } from "./keys";

/** A new or changed connection is in the list at once. */
export function putConnection(connection: Connection): void {
  queryClient.setQueryData<Connection[]>(keys.connections, (list = []) =>
    list.some(({ id }) => id === connection.id)
      ? list.map((other) => (other.id === connection.id ? connection : other))
      : [...list, connection],
  );
}

export function dropConnection(id: string): void {
  queryClient.setQueryData<Connection[]>(keys.connections, (list = []) =>
    list.filter((other) => other.id !== id),
  );
  for (const queryKey of [
    ["mirror", id],
    ["live", id],
    ["workspace", id],
    ["views", id],
    ["activity", id],
    ["plans", id],
    ["activity_check", id],
    ["rules", id],
    ["acts", id],
  ])
    queryClient.removeQueries({ queryKey });
  forgetNames(id);
}
