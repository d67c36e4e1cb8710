// What is being imported. Anything may open it; the frame shows it. Closing keeps it, so that nothing
// that was chosen is lost; a plan that was made of it ends it.
import { useSyncExternalStore } from "react";
import type { ImportFile, ImportPlanned, ImportPlanning } from "../../../generated/types";
import { call } from "../../../host";
import type { Chosen } from "../../../shared/pickers/FileChoice";
import type { Mapped } from "./mapping";

/** How the names of files end that hold rows. */
export const ENDINGS = ["csv", "tsv", "txt"] as const;

/** A file of rows. */
export type Picked = {
  /** Tells choices apart: the same file may have been chosen again. */
  id: number;
  name: string;
  file: ImportFile;
};

export type Importing = {
  connection: string;
  /** The kind of act that the rows become; null: nobody has said. */
  act: string | null;
  picked: Picked | null;
  /** What somebody has said that columns mean; null: nothing. */
  mapped: Mapped | null;
  /** What the plan is to be called; null: like the file. */
  title: string | null;
};

/** A plan that is being made; given up: somebody has closed the dialog meanwhile. */
type Planning = "wanted" | "given_up" | null;

type State = { isOpen: boolean; importing: Importing | null; planning: Planning };

let state: State = { isOpen: false, importing: null, planning: null };
let picks = 0;
const listeners = new Set<() => void>();

function set(next: State) {
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useImporting = () => useSyncExternalStore(subscribe, () => state);

/** Opens it; what was chosen before for the same connection is still there. */
export function openImport({ connection, ...said }: Pick<Importing, "connection"> & Partial<Importing>) {
  const before = state.importing?.connection === connection ? state.importing : null;
  const empty = { act: null, picked: null, mapped: null, title: null };
  set({ ...state, isOpen: true, importing: { ...empty, ...before, connection, ...said } });
}

/** Not while a plan is made of it: the plan would be of something else than what is seen. */
export function changeImport(change: Partial<Omit<Importing, "connection">>) {
  if (state.importing && state.planning === null)
    set({ ...state, importing: { ...state.importing, ...change } });
}

/** Gives up the plan that is being made. */
export const closeImport = () =>
  set({ ...state, isOpen: false, planning: state.planning === null ? null : "given_up" });
export const endImport = () => set({ ...state, isOpen: false, importing: null });
export const isImportOpen = () => state.isOpen;
export const isPlanning = () => state.planning !== null;

/** Makes the plan, once; null: somebody gave it up meanwhile, and nothing is left of it. */
export async function planImport(wanted: ImportPlanning): Promise<ImportPlanned | null> {
  if (state.planning !== null) return null;
  set({ ...state, planning: "wanted" });
  try {
    const planned = await call("import_plan", wanted);
    // Read anew: closing has changed it.
    if (isWanted()) return planned;
    const { connection } = wanted.import;
    if (planned.plan) await call("plan_delete", { connection, plan: planned.plan.id });
    return null;
  } finally {
    set({ ...state, planning: null });
  }
}

const isWanted = () => state.planning === "wanted";

/** A file that was chosen or dropped. Its bytes cross as they are: how it is written is seen there. */
export async function pickedFrom({ path, file }: Chosen): Promise<Picked> {
  picks += 1;
  if (file)
    return { id: picks, name: file.name, file: { path: null, content: await base64(file), mark: null } };
  return { id: picks, name: path.split(/[\\/]/).at(-1) ?? path, file: { path, content: null, mark: null } };
}

/** What stands in a file, in base 64. */
function base64(file: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}
