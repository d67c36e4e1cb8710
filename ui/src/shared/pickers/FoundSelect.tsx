// A field in which one of many is found by typing: what is typed is asked of the mirror.
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { toApiError } from "../../host";
import { useErrorWords } from "../errors/useErrorWords";
import { LAYERS } from "../theme/mantine";
import classes from "./FoundSelect.module.css";

/** How many are offered. */
export const FOUND = 20;
const REST_MS = 80;

/** Somebody, or something, by name. */
export type Picked = { id: number; name: string };
export type Option = Picked & { more: string | null };

export type SelectProps = {
  connection: string;
  label: string;
  placeholder?: string;
  value: Picked | null;
  onChange: (value: Picked | null) => void;
  disabled?: boolean;
};

export function useSearching() {
  const [typed, setTyped] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [rested] = useDebouncedValue(typed.trim(), REST_MS);
  return { typed, setTyped, isOpen, setOpen, rested };
}

type Props = SelectProps & {
  searching: ReturnType<typeof useSearching>;
  options: readonly Option[] | undefined;
  error: unknown;
};

export function FoundSelect({
  label,
  placeholder,
  value,
  onChange,
  disabled,
  searching,
  options,
  error,
}: Props) {
  const { t } = useTranslation();
  const errors = useErrorWords();
  const refusal = error ? errors(toApiError(error)) : null;
  const found = options ?? [];
  // The chosen one has a name in the field, whatever is found now.
  const all =
    value && !found.some(({ id }) => id === value.id) ? [{ ...value, more: null }, ...found] : found;
  return (
    <Select
      label={label}
      placeholder={placeholder}
      disabled={disabled}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("clear_field", { name: label }) }}
      data={all.map(({ id, name }) => ({ value: String(id), label: name }))}
      // The mirror has searched: nothing is left to filter.
      filter={({ options: own }) => own}
      value={value === null ? null : String(value.id)}
      onChange={(id) => {
        const chosen = all.find((own) => String(own.id) === id);
        onChange(chosen ? { id: chosen.id, name: chosen.name } : null);
      }}
      searchValue={searching.isOpen ? searching.typed : (value?.name ?? "")}
      onSearchChange={searching.setTyped}
      onDropdownOpen={() => {
        searching.setTyped("");
        searching.setOpen(true);
      }}
      onDropdownClose={() => searching.setOpen(false)}
      nothingFoundMessage={
        refusal
          ? `${refusal.title}. ${refusal.body}`
          : options === undefined
            ? t("loading")
            : t("rules.ask.nothing_found")
      }
      maxDropdownHeight={260}
      comboboxProps={{ portalProps: { target: `#${LAYERS}` } }}
      renderOption={({ option }) => (
        <span className={classes.option}>
          <span className={classes.name} dir="auto">
            {option.label}
          </span>
          <span className={classes.more} dir="auto">
            {all.find(({ id }) => String(id) === option.value)?.more}
          </span>
        </span>
      )}
    />
  );
}
