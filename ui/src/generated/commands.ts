// Written by `cargo xtask generate` from src-tauri/crates/api. Do not edit.
import type * as t from "./types";

/** Every command: what it takes and what it answers. */
export type Commands = {
  app_state: { input: null; output: t.AppState };
  settings_set: { input: t.Settings; output: t.Settings };
  last_set: { input: t.LastPlace; output: null };
  workspace_get: { input: t.WorkspaceRef; output: t.WorkspaceState };
  workspace_set: { input: t.WorkspaceUpdate; output: null };
  vault_unlock: { input: null; output: null };
  connections_list: { input: null; output: Array<t.Connection> };
  connection_try: { input: t.ConnectionDraft; output: t.ConnectionReport };
  connection_add: { input: t.ConnectionDraft; output: t.Connection };
  connection_test: { input: t.ConnectionRef; output: t.ConnectionReport };
  connection_rename: { input: t.ConnectionRename; output: t.Connection };
  connection_replace_secret: { input: t.SecretReplacement; output: t.ConnectionReport };
  connection_removal: { input: t.ConnectionRef; output: t.RemovalPreview };
  connection_remove: { input: t.ConnectionRef; output: null };
  mirror_set_aside: { input: t.ConnectionRef; output: t.Connection };
  practice_open: { input: null; output: t.Connection };
  practice_network: { input: t.PracticeNetwork; output: null };
  sync_start: { input: t.ConnectionRef; output: t.Job };
  jobs_list: { input: null; output: Array<t.Job> };
  job_cancel: { input: t.JobRef; output: null };
  people_query: { input: t.PeopleQuestion; output: t.PeopleAnswer };
  person_details: { input: t.PersonRef; output: t.PersonDetails };
  organizations_query: { input: t.OrganizationsQuestion; output: t.OrganizationsAnswer };
};
