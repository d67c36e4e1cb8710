// Saved views: reading, keeping, showing them.
import { useQuery } from "@tanstack/react-query";
import type { View, ViewDraft, ViewState } from "../../generated/types";
import { call } from "../../host";
import { queryClient } from "../../shared/reads/client";
import { keys } from "../../shared/reads/keys";
import { arrange, arranged } from "../../shared/reads/workspace";
import { type PeopleView, readView, toViewState, withViewState } from "../people/view";
import { readFilter } from "../query/reads";

const viewsOf = (connection: string) => ({
  queryKey: keys.views(connection),
  queryFn: () => call("views_list", { connection }),
});

/** Questions that were asked before. They grow with every question, and nobody tells. */
export const recentsOf = (connection: string) => ({
  queryKey: keys.recents(connection),
  queryFn: () => call("recents_list", { connection }),
  staleTime: 0,
});

const byName = (one: View, other: View) => one.name.localeCompare(other.name);

/** The saved views of a connection, by name, and whether they could be read. */
export function useSavedViews(connection: string | null) {
  const { data, error, isPending, refetch } = useQuery({
    ...viewsOf(connection ?? ""),
    enabled: connection !== null,
  });
  return { views: data ? [...data].sort(byName) : [], error, isPending, again: () => refetch() };
}

/** The saved views of a connection, by name; none while they are being read. */
export const useViews = (connection: string | null): View[] => useSavedViews(connection).views;

/** A name as names are compared: case and accents do not count. */
const plain = (name: string) => name.trim().normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether another view than this one (null: a new one) has the name. */
export const isTaken = (views: readonly View[], name: string, id: string | null): boolean =>
  views.some((view) => view.id !== id && plain(view.name) === plain(name));

async function keepView(draft: ViewDraft): Promise<View> {
  const saved = await call("view_save", draft);
  queryClient.setQueryData<View[]>(keys.views(draft.connection), (views = []) => [
    ...views.filter(({ id }) => id !== saved.id),
    saved,
  ]);
  return saved;
}

/** Keeps a view, new or changed, and has it as the one that is open. */
export async function saveView(draft: ViewDraft): Promise<View> {
  const saved = await keepView(draft);
  await arrangePeople(draft.connection, (now) => ({ ...now, saved: saved.id }));
  return saved;
}

/** Writes back what a view kept before, under the name it has now; whatever is open stays so. */
export function restoreView(connection: string, { id, name: before, state }: View): Promise<View> {
  const views = queryClient.getQueryData<View[]>(keys.views(connection));
  const name = views?.find((own) => own.id === id)?.name ?? before;
  return keepView({ connection, id, name, state, discard: false });
}

export async function deleteView(connection: string, view: string): Promise<void> {
  await call("view_delete", { connection, view });
  queryClient.setQueryData<View[]>(keys.views(connection), (views = []) =>
    views.filter(({ id }) => id !== view),
  );
  await arrangePeople(connection, (now) => (now.saved === view ? { ...now, saved: null } : now));
}

export const arrangePeople = (connection: string, update: (now: PeopleView) => PeopleView): Promise<void> =>
  arrange(connection, "people", readView, update);

/** What People shows now, as a view keeps it. */
export const shownNow = async (connection: string): Promise<ViewState> =>
  toViewState(await arranged(connection, "people", readView));

/** Shows a view in People; `saved`: its id, if it is a saved one. */
export async function showView(connection: string, state: ViewState, saved: string | null): Promise<void> {
  const reading = await readFilter(connection, "text", state.text);
  await arrangePeople(connection, (now) => ({
    ...withViewState(now, state, reading),
    saved,
  }));
}
