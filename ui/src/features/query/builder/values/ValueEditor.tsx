// The editor that fits a condition's value.
import { NativeSelect, NumberInput, TagsInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../../../host";
import { isDay } from "../../../../shared/format/day";
import { DayInput } from "../../../../shared/pickers/DayInput";
import { LAYERS } from "../../../../shared/theme/mantine";
import { filterKeys } from "../../reads";
import classes from "../Builder.module.css";
import {
  AGE_OPERATORS,
  isIdentifier,
  isTime,
  LONGEST_AGE,
  type Rule,
  SEEN_WORDS,
  STATE_OPERATORS,
} from "../builder";
import { useBuilding } from "../context";
import { ListField } from "./ListField";
import { OrganizationPicker } from "./OrganizationPicker";

type Props = { rule: Rule; onChange: (value: Rule["value"]) => void };

const among = (words: readonly string[], word: string) => words.includes(word);

export function ValueEditor({ rule, onChange }: Props) {
  const { field, operator } = rule;
  if (among(STATE_OPERATORS, operator)) return null;
  if (isTime(field)) {
    return among(AGE_OPERATORS, operator) ? (
      <Age rule={rule} onChange={onChange} />
    ) : (
      <Day rule={rule} onChange={onChange} />
    );
  }
  if (field === "id" || isIdentifier(field)) return <ListField rule={rule} onChange={onChange} />;
  if (field === "organization" && operator === "is")
    return <OrganizationPicker rule={rule} onChange={onChange} />;
  if (field === "role") return <Roles rule={rule} onChange={onChange} />;
  if (field === "seen") return <Seen rule={rule} onChange={onChange} />;
  return <Text rule={rule} onChange={onChange} />;
}

/** Enter in a field asks, as it does in the text. */
function useEnter() {
  const { onRun } = useBuilding();
  return (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) onRun();
  };
}

function Text({ rule, onChange }: Props) {
  const { t } = useTranslation();
  const onKeyDown = useEnter();
  return (
    <TextInput
      size="xs"
      className={classes.text}
      aria-label={t("query.builder.value")}
      placeholder={
        rule.operator === "contains" ? t("query.builder.part_of_name") : t("query.builder.whole_name")
      }
      value={String(rule.value)}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

function Seen({ rule, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      size="xs"
      aria-label={t("query.builder.value")}
      value={String(rule.value)}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={SEEN_WORDS.map((word) => ({ value: word, label: t(`query.seen.${word}`) }))}
    />
  );
}

/** Days and ages are drawn in the width of their words. */
function Day({ rule, onChange }: Props) {
  const { t } = useTranslation();
  const value = String(rule.value);
  /** What was typed and is no day: it asks nothing, so the rule stays as it is. */
  const [unread, setUnread] = useState<string | null>(null);
  return (
    <DayInput
      size="xs"
      className={classes.day}
      aria-label={t("query.builder.day")}
      value={unread ?? (isDay(value) ? value : null)}
      error={unread !== null}
      onChange={(said) => {
        const day = said !== null && isDay(said) ? said : null;
        setUnread(day === null ? (said ?? "") : null);
        if (day !== null) onChange(day);
      }}
      onBlur={() => unread === "" && setUnread(null)}
    />
  );
}

const UNITS = ["d", "w", "m", "y"] as const;

function Age({ rule, onChange }: Props) {
  const { t } = useTranslation();
  const onKeyDown = useEnter();
  const [, count = "", unit = "d"] = /^(\d*)([dwmy])$/.exec(String(rule.value)) ?? [];
  return (
    <span className={classes.age}>
      <NumberInput
        size="xs"
        className={classes.number}
        aria-label={t("query.builder.age")}
        min={0}
        max={LONGEST_AGE}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        value={count === "" ? "" : Number(count)}
        onChange={(next) => onChange(`${next}${unit}`)}
        onKeyDown={onKeyDown}
      />
      <NativeSelect
        size="xs"
        aria-label={t("query.builder.unit")}
        value={unit}
        onChange={(event) => onChange(`${count}${event.currentTarget.value}`)}
        data={UNITS.map((each) => ({ value: each, label: t(`query.units.${each}`) }))}
      />
    </span>
  );
}

function Roles({ rule, onChange }: Props) {
  const { t } = useTranslation();
  const { connection } = useBuilding();
  const text = "role:";
  const known = useQuery({
    queryKey: filterKeys.complete(connection.id, text, text.length),
    queryFn: () => call("filter_complete", { connection: connection.id, text, cursor: text.length }),
  });
  const roles = (known.data?.options ?? [])
    .filter(({ kind, label }) => kind === "value" && /^[a-z_]+$/.test(label))
    .map(({ label }) => label)
    .filter((role) => !among(STATE_OPERATORS, role));
  return (
    <TagsInput
      size="xs"
      className={classes.tags}
      aria-label={t("query.builder.roles")}
      placeholder={[rule.value].flat().length === 0 ? t("query.builder.roles_example") : undefined}
      data={roles}
      value={[rule.value].flat().map(String)}
      onChange={onChange}
      comboboxProps={{ portalProps: { target: `#${LAYERS}` } }}
      clearable
      clearButtonProps={{ "aria-label": t("query.clear") }}
    />
  );
}
