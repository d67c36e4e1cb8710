// One organization of the mirror, found by name, id or identifier.
import { useQuery } from "@tanstack/react-query";
import type { OrganizationsQuestion } from "../../generated/types";
import { call } from "../../host";
import { keys } from "../reads/keys";
import { FOUND, FoundSelect, type SelectProps, useSearching } from "./FoundSelect";

const question = (connection: string, search: string): OrganizationsQuestion => ({
  connection,
  source: "mirror",
  filter: null,
  search: search || null,
  seen: "all",
  sort: { by: "name", direction: "ASC" },
  offset: 0,
  limit: FOUND,
});

export function OrganizationSelect(props: SelectProps) {
  const searching = useSearching();
  const asked = question(props.connection, searching.rested);
  const found = useQuery({
    queryKey: keys.organizations(asked),
    queryFn: () => call("organizations_query", asked),
    enabled: searching.isOpen,
  });
  const options = found.data?.rows.map(({ id, name }) => ({ id, name, more: String(id) }));
  return <FoundSelect {...props} searching={searching} options={options} error={found.error} />;
}
