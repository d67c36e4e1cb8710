// One person of the mirror, found by name, id or identifier.
import { useQuery } from "@tanstack/react-query";
import type { PeopleQuestion } from "../../generated/types";
import { call } from "../../host";
import { keys } from "../reads/keys";
import { FOUND, FoundSelect, type SelectProps, useSearching } from "./FoundSelect";

const question = (connection: string, search: string): PeopleQuestion => ({
  who: {
    connection,
    source: "mirror",
    as_of: null,
    filter: null,
    search: search || null,
    seen: "present",
    truth: "matching",
    ids: null,
  },
  sort: [{ by: "name", direction: "ASC" }],
  offset: 0,
  limit: FOUND,
  remember: null,
});

export function PersonSelect(props: SelectProps) {
  const searching = useSearching();
  const asked = question(props.connection, searching.rested);
  const found = useQuery({
    queryKey: keys.people(asked),
    queryFn: () => call("people_query", asked),
    enabled: searching.isOpen,
  });
  const options = found.data?.rows.map(({ id, name, organization }) => ({
    id,
    name,
    more: organization.known === "yes" ? (organization.name ?? String(organization.id)) : null,
  }));
  return <FoundSelect {...props} searching={searching} options={options} error={found.error} />;
}
