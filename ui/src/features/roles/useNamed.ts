// The names of the key's person and organization, as the mirror knows them.
import { useQuery } from "@tanstack/react-query";
import type { Actor, OrganizationsQuestion } from "../../generated/types";
import { call } from "../../host";
import type { Picked } from "../../shared/pickers/FoundSelect";
import { keys } from "../../shared/reads/keys";

export function useNamed(connection: string, { person, organization }: Actor) {
  const whom = { connection, source: "mirror" as const, as_of: null, id: person ?? 0 };
  const details = useQuery({
    queryKey: keys.person(whom),
    queryFn: () => call("person_details", whom),
    enabled: person !== null,
  });
  const asked: OrganizationsQuestion = {
    connection,
    source: "mirror",
    filter: JSON.stringify({ id: organization }),
    search: null,
    seen: "all",
    sort: { by: "id", direction: "ASC" },
    offset: 0,
    limit: 1,
  };
  const found = useQuery({
    queryKey: keys.organizations(asked),
    queryFn: () => call("organizations_query", asked),
    enabled: organization !== null,
  });
  // Whom the mirror does not know is called by the id.
  const picked = (id: number | null, name: string | undefined): Picked | null =>
    id === null ? null : { id, name: name ?? String(id) };
  return {
    person: picked(person, details.data?.row.name),
    organization: picked(organization, found.data?.rows[0]?.name),
  };
}
