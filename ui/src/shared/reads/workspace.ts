// What a person arranged in a place (sorting, source, widths), kept per connection over restarts.
import { useSuspenseQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { call, toApiError } from "../../host";
import { queryClient } from "./client";
import { keys } from "./keys";

type Place = "people" | "organizations" | "activity";
const SAVE_AFTER_MS = 300;
const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; save: () => void }>();

function saveSoon(connection: string, place: Place, state: unknown) {
  const id = `${connection}/${place}`;
  clearTimeout(waiting.get(id)?.timer);
  const save = () => {
    waiting.delete(id);
    // A connection that was removed in between has nothing to remember.
    call("workspace_set", { connection, place, state }).catch(() => undefined);
  };
  waiting.set(id, { timer: setTimeout(save, SAVE_AFTER_MS), save });
}

function saveNow() {
  for (const { timer, save } of [...waiting.values()]) {
    clearTimeout(timer);
    save();
  }
}
window.addEventListener("pagehide", saveNow);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveNow());

/** An arrangement that cannot be read keeps nobody from the people: it begins afresh. */
function forgotten(refusal: unknown): null {
  const { code } = toApiError(refusal);
  if (code === "damaged_file" || code === "newer_file") return null;
  throw refusal;
}

const load = <T>(connection: string, place: Place, read: (kept: unknown) => T) => ({
  queryKey: keys.workspace(connection, place),
  queryFn: async () => read(await call("workspace_get", { connection, place }).catch(forgotten)),
});

/** `read` makes a whole view of whatever was kept, however old its shape. */
export function useWorkspace<T>(connection: string, place: Place, read: (kept: unknown) => T) {
  const state = useSuspenseQuery(load(connection, place, read)).data;
  const change = useCallback(
    (update: (state: T) => T) => {
      const key = keys.workspace(connection, place);
      const next = queryClient.setQueryData<T>(key, (now) => (now === undefined ? undefined : update(now)));
      if (next !== undefined) saveSoon(connection, place, next);
    },
    [connection, place],
  );
  return [state, change] as const;
}

/** How a place is arranged now. */
export const arranged = <T>(connection: string, place: Place, read: (kept: unknown) => T): Promise<T> =>
  queryClient.ensureQueryData(load(connection, place, read));

/** Changes a place's view before going there. */
export async function arrange<T>(
  connection: string,
  place: Place,
  read: (kept: unknown) => T,
  update: (state: T) => T,
) {
  const next = update(await arranged(connection, place, read));
  queryClient.setQueryData(keys.workspace(connection, place), next);
  saveSoon(connection, place, next);
}
