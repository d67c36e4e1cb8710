// Query keys. The first words say what a read depends on; an AppEvent drops everything under them.
import type { AppEvent, OrganizationsQuestion, PeopleQuestion, Source } from "../../generated/types";

/** What an answer comes from: the mirror of a connection, or the vendor right now. */
const origin = (source: Source, connection: string) => [source, connection] as const;

export const keys = {
  settings: ["settings"] as const,
  connections: ["connections"] as const,
  jobs: ["jobs"] as const,
  workspace: (connection: string, place: string) => ["workspace", connection, place] as const,
  people: (question: PeopleQuestion) =>
    [...origin(question.source, question.connection), "people", question] as const,
  person: (connection: string, source: Source, id: number) =>
    [...origin(source, connection), "person", id] as const,
  organizations: (question: OrganizationsQuestion) =>
    [...origin(question.source, question.connection), "organizations", question] as const,
  removal: (connection: string) => ["mirror", connection, "removal"] as const,
};

/** The prefixes of the keys that an event makes stale. */
export function staleAfter(event: Extract<AppEvent, { kind: "changed" }>): ReadonlyArray<readonly string[]> {
  switch (event.what) {
    case "settings":
      return [keys.settings];
    case "connections":
      return [keys.connections];
    case "mirror":
      return [event.connection ? ["mirror", event.connection] : ["mirror"], keys.connections];
  }
}
