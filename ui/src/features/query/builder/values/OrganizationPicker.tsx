// Organizations, found by name, id or identifier; many of them as a list of ids.
import { Combobox, Pill, PillsInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrganizationRow, OrganizationsQuestion } from "../../../../generated/types";
import { call, toApiError } from "../../../../host";
import { useErrorWords } from "../../../../shared/errors/useErrorWords";
import { useFormat } from "../../../../shared/format/useFormat";
import { keys } from "../../../../shared/reads/keys";
import { LAYERS } from "../../../../shared/theme/mantine";
import classes from "../Builder.module.css";
import { LARGEST_ID, type Rule } from "../builder";
import { useBuilding } from "../context";
import { ListField } from "./ListField";

type Props = { rule: Rule; onChange: (value: Rule["value"]) => void };

/** More are a list of ids to paste into, not a row of names. */
const MOST_PILLS = 30;
const FOUND = 20;
const REST_MS = 60;
const NONE: OrganizationRow[] = [];

export function OrganizationPicker({ rule, onChange }: Props) {
  const ids = [rule.value].flat().map(Number);
  // The field never changes under the hands: it is a list from the start, or once many were pasted.
  const [kind, setKind] = useState<"pills" | "list" | "pasted">(ids.length > MOST_PILLS ? "list" : "pills");
  if (kind === "pills") return <Pills ids={ids} onChange={onChange} onMany={() => setKind("pasted")} />;
  return (
    <ListField
      rule={{ ...rule, field: "id" }}
      onChange={(value) => onChange([value].flat())}
      takesFocus={kind === "pasted"}
    />
  );
}

function question(connection: string, more: Partial<OrganizationsQuestion>): OrganizationsQuestion {
  return {
    connection,
    source: "mirror",
    filter: null,
    search: null,
    seen: "all",
    sort: { by: "name", direction: "ASC" },
    offset: 0,
    limit: FOUND,
    ...more,
  };
}

function useOrganizations(asked: OrganizationsQuestion, enabled: boolean) {
  const { data, error, isPending } = useQuery({
    queryKey: keys.organizations(asked),
    queryFn: () => call("organizations_query", asked),
    placeholderData: keepPreviousData,
    enabled,
  });
  return { rows: enabled ? (data?.rows ?? NONE) : NONE, error, isPending };
}

type PillsProps = {
  ids: number[];
  onChange: Props["onChange"];
  /** More were pasted than there is room for as names. */
  onMany: () => void;
};

function Pills({ ids, onChange, onMany }: PillsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const errors = useErrorWords();
  const { connection } = useBuilding();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [search, setSearch] = useState("");
  const [rested] = useDebouncedValue(search.trim(), REST_MS);
  const found = useOrganizations(
    question(connection.id, { search: rested || null }),
    combobox.dropdownOpened,
  );
  const chosen = useOrganizations(
    question(connection.id, { filter: JSON.stringify({ id: ids }), limit: Math.max(ids.length, 1) }),
    ids.length > 0,
  );
  const nameOf = (id: number) => chosen.rows.find((row) => row.id === id)?.name;

  const typedId = /^\d+$/.test(rested) ? Number(rested) : 0;
  const byId =
    typedId >= 1 &&
    typedId <= LARGEST_ID &&
    !found.rows.some(({ id }) => id === typedId) &&
    !ids.includes(typedId);
  const refusal = found.error && errors(toApiError(found.error));
  const words = refusal
    ? `${refusal.title}. ${refusal.body}`
    : found.isPending
      ? t("loading")
      : t("query.builder.nothing_found");
  const add = (option: string) => {
    const id = Number(option);
    onChange(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]);
    setSearch("");
  };
  const pasted = (text: string) => {
    const many = text.match(/\d+/g)?.map(Number) ?? [];
    if (many.length < 2 || !/^[\d\s,;]+$/.test(text)) return false;
    const all = [...new Set([...ids, ...many.filter((id) => id >= 1 && id <= LARGEST_ID)])];
    onChange(all);
    if (all.length > MOST_PILLS) onMany();
    return true;
  };

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={add}
      portalProps={{ target: `#${LAYERS}` }}
      size="xs"
      width="max-content"
      position="bottom-start"
    >
      <Combobox.DropdownTarget>
        <PillsInput size="xs" className={classes.pills} onClick={() => combobox.openDropdown()}>
          <Pill.Group>
            {ids.map((id) => (
              <Pill
                key={id}
                size="xs"
                withRemoveButton
                onRemove={() => onChange(ids.filter((other) => other !== id))}
                removeButtonProps={{
                  "aria-label": t("query.builder.drop", { name: nameOf(id) ?? String(id) }),
                }}
              >
                <span className={classes.pillId}>{id}</span> {nameOf(id)}
              </Pill>
            ))}
            <Combobox.EventsTarget>
              <PillsInput.Field
                aria-label={t("query.builder.organizations")}
                placeholder={ids.length === 0 ? t("query.builder.organizations_example") : undefined}
                value={search}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => combobox.closeDropdown()}
                onChange={(event) => {
                  combobox.openDropdown();
                  combobox.updateSelectedOptionIndex();
                  setSearch(event.currentTarget.value);
                }}
                onPaste={(event) => {
                  if (pasted(event.clipboardData.getData("text"))) event.preventDefault();
                }}
                onKeyDown={(event) => {
                  if (event.key === "Escape" && combobox.dropdownOpened) event.stopPropagation();
                  if (event.key !== "Backspace" || search !== "" || ids.length === 0) return;
                  event.preventDefault();
                  onChange(ids.slice(0, -1));
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <Combobox.Options className={classes.options} aria-label={t("query.builder.organizations")}>
          {found.rows.map((row) => (
            <Combobox.Option key={row.id} value={String(row.id)} active={ids.includes(row.id)}>
              <span className={classes.option}>
                <span className={classes.optionName} dir="auto">
                  {row.name}
                </span>
                <span className={classes.optionMore}>{row.id}</span>
                {row.people !== null && (
                  <span className={classes.optionMore}>
                    {t("people.count", { count: row.people, n: format.number(row.people) })}
                  </span>
                )}
              </span>
            </Combobox.Option>
          ))}
          {byId && (
            <Combobox.Option value={rested}>{t("query.builder.by_id", { id: rested })}</Combobox.Option>
          )}
          {found.rows.length === 0 && !byId && <Combobox.Empty>{words}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
