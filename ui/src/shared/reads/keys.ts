// Query keys. The first words say what a read depends on; an AppEvent drops everything under them.
import type {
  AppEvent,
  MayQuestion,
  OrganizationsQuestion,
  PeopleQuestion,
  PersonRef,
  Source,
  StepsQuestion,
  WhatIfRequest,
  Who,
} from "../../generated/types";

/** What an answer comes from: the mirror of a connection, or the vendor right now. */
const origin = (source: Source, connection: string) => [source, connection] as const;

export const keys = {
  settings: ["settings"] as const,
  connections: ["connections"] as const,
  jobs: ["jobs"] as const,
  workspace: (connection: string, place: string) => ["workspace", connection, place] as const,
  people: (question: PeopleQuestion) =>
    [...origin(question.who.source, question.who.connection), "people", question] as const,
  person: (person: PersonRef) =>
    [...origin(person.source, person.connection), "person", person.as_of, person.id] as const,
  facets: (who: Who) => [...origin(who.source, who.connection), "facets", who] as const,
  names: (connection: string) => ["mirror", connection, "names"] as const,
  syncs: (connection: string) => ["mirror", connection, "syncs"] as const,
  views: (connection: string) => ["views", connection, "saved"] as const,
  recents: (connection: string) => ["views", connection, "recent"] as const,
  organizations: (question: OrganizationsQuestion) =>
    [...origin(question.source, question.connection), "organizations", question] as const,
  rules: (connection: string) => ["rules", connection, "matrix"] as const,
  may: (question: MayQuestion) => ["rules", question.connection, "may", question] as const,
  whatIf: (request: WhatIfRequest) => ["rules", request.connection, "what_if", request] as const,
  activity: (connection: string) => ["activity", connection] as const,
  /** Not under what an act makes stale: looking at every entry is an act of its own. */
  activityCheck: (connection: string) => ["activity_check", connection] as const,
  signing: ["settings", "signing"] as const,
  plans: (connection: string) => ["plans", connection, "list"] as const,
  drafts: (connection: string) => ["plans", connection, "drafts"] as const,
  plan: (connection: string, plan: string) => ["plans", connection, "plan", plan] as const,
  steps: (question: StepsQuestion) =>
    ["plans", question.connection, "steps", question.plan, question] as const,
  removal: (connection: string) => ["mirror", connection, "removal"] as const,
};

/** The prefixes of the keys that an event makes stale. */
export function staleAfter(event: Extract<AppEvent, { kind: "changed" }>): ReadonlyArray<readonly string[]> {
  switch (event.what) {
    case "settings":
      return [keys.settings];
    case "connections":
      return [keys.connections];
    case "views":
      return [event.connection ? ["views", event.connection] : ["views"]];
    case "plans":
      return [event.connection ? ["plans", event.connection] : ["plans"]];
    case "rules":
      return [event.connection ? ["rules", event.connection] : ["rules"]];
    case "mirror": {
      const of = event.connection ? [event.connection] : [];
      // Who may what is applied to the people and organizations of the mirror.
      return [["mirror", ...of], ["rules", ...of], keys.connections];
    }
    case "activity":
      return [event.connection ? ["activity", event.connection] : ["activity"]];
  }
}
