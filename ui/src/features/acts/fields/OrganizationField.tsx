// One organization, found by name, id or identifier.
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrganizationsQuestion } from "../../../generated/types";
import { call, toApiError } from "../../../host";
import { useErrorWords } from "../../../shared/errors/useErrorWords";
import { keys } from "../../../shared/reads/keys";
import { LAYERS } from "../../../shared/theme/mantine";
import type { FieldProps } from "./props";

const FOUND = 20;
const REST_MS = 60;

const question = (connection: string, more: Partial<OrganizationsQuestion>): OrganizationsQuestion => ({
  connection,
  source: "mirror",
  filter: null,
  search: null,
  seen: "present",
  sort: { by: "name", direction: "ASC" },
  offset: 0,
  limit: FOUND,
  ...more,
});

function useOrganizations(asked: OrganizationsQuestion, enabled = true) {
  return useQuery({
    queryKey: keys.organizations(asked),
    queryFn: () => call("organizations_query", asked),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function OrganizationField({
  connection,
  field,
  label,
  value,
  error,
  note,
  rests,
  ...on
}: FieldProps) {
  const { t } = useTranslation();
  const errors = useErrorWords();
  const chosen = typeof value === "number" ? value : null;
  const [search, setSearch] = useState("");
  const [rested] = useDebouncedValue(search.trim(), REST_MS);
  const own = useOrganizations(
    question(connection, { filter: JSON.stringify({ id: chosen }), seen: "all", limit: 1 }),
    chosen !== null,
  );
  const ownRow = chosen === null ? undefined : own.data?.rows.find(({ id }) => id === chosen);
  // What stands in the field after a choice is its name, which is no search.
  const found = useOrganizations(
    question(connection, { search: rested && rested !== ownRow?.name ? rested : null }),
  );
  const rows = [...(found.data?.rows ?? [])];
  if (ownRow && !rows.some(({ id }) => id === ownRow.id)) rows.unshift(ownRow);
  const data = rows.map(({ id, name }) => ({ value: String(id), label: name }));
  if (chosen !== null && !data.some((row) => row.value === String(chosen)))
    data.unshift({ value: String(chosen), label: String(chosen) });
  const refusal = found.error && errors(toApiError(found.error));
  return (
    <Select
      label={label}
      required={field.required}
      description={note}
      error={error}
      disabled={rests}
      searchable
      clearable={!field.required}
      data={data}
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span>
          {option.label} <span className="num">· {option.value}</span>
        </span>
      )}
      placeholder={t("acts.organization_example")}
      nothingFoundMessage={refusal ? `${refusal.title}. ${refusal.body}` : t("query.builder.nothing_found")}
      searchValue={search}
      onSearchChange={setSearch}
      value={chosen === null ? null : String(chosen)}
      onChange={(next) => on.onChange(next === null ? undefined : Number(next))}
      onBlur={on.onBlur}
      comboboxProps={{ portalProps: { target: `#${LAYERS}` } }}
      data-path={field.path}
    />
  );
}
