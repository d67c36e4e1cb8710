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
  people_facets: { input: t.Who; output: t.Facets };
  people_explain: { input: t.ExplainRequest; output: t.Explanation };
  people_compare: { input: t.CompareRequest; output: t.Comparison };
  people_copy: { input: t.PeopleCopy; output: t.CopiedPeople };
  people_export: { input: t.PeopleExport; output: t.Job };
  people_curl: { input: t.CurlRequest; output: string };
  filter_read: { input: t.FilterWriting; output: t.FilterReading };
  filter_complete: { input: t.FilterCursor; output: t.FilterCompletions };
  role_filter_probe: { input: t.ConnectionRef; output: t.Capability };
  syncs_list: { input: t.ConnectionRef; output: Array<t.SyncMark> };
  views_list: { input: t.ConnectionRef; output: Array<t.View> };
  view_save: { input: t.ViewDraft; output: t.View };
  view_delete: { input: t.ViewRef; output: null };
  view_share: { input: t.ViewShare; output: t.SharedView };
  view_open: { input: t.ViewOpening; output: t.ViewPreview };
  recents_list: { input: t.ConnectionRef; output: Array<t.RecentQuestion> };
  organizations_query: { input: t.OrganizationsQuestion; output: t.OrganizationsAnswer };
};
