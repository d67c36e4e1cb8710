// The field that fits what may stand in it.
import { NativeSelect, Switch, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useActWords } from "../../../shared/acts/useActWords";
import classes from "../Acts.module.css";
import { DayField } from "./DayField";
import { OrganizationField } from "./OrganizationField";
import type { FieldProps } from "./props";
import { RoleField } from "./RoleField";
import { SubscriptionTypeField } from "./SubscriptionTypeField";

export function FieldOf(props: FieldProps) {
  switch (props.field.kind) {
    case "organization":
      return <OrganizationField {...props} />;
    case "role":
      return <RoleField {...props} />;
    case "subscription_type":
      return <SubscriptionTypeField {...props} />;
    case "time":
      return <DayField {...props} />;
    case "boolean":
      return props.changes ? <YesNoField {...props} /> : <SwitchField {...props} />;
    case "choice":
      return <ChoiceField {...props} />;
    case "text_list":
      return <ListField {...props} />;
    case "password":
      return null;
    case "text":
    case "email":
    case "identifier":
      return <TextField {...props} />;
  }
}

/** What is known stands in it, and may be written over. */
function TextField({ field, label, value, error, now, note, changes, rests, first, ...on }: FieldProps) {
  const { t } = useTranslation();
  const known = now?.known === "yes" && typeof now.value === "string" ? now.value : "";
  const text = value === undefined ? known : typeof value === "string" ? value : "";
  return (
    <TextInput
      className={field.kind === "email" ? classes.wide : undefined}
      label={label}
      required={field.required}
      description={note}
      error={error}
      disabled={rests}
      type={field.kind === "email" ? "email" : "text"}
      inputMode={field.kind === "email" ? "email" : undefined}
      autoComplete="off"
      spellCheck={false}
      placeholder={changes && known === "" ? t("acts.unchanged") : undefined}
      value={text}
      onChange={({ currentTarget }) => {
        const next = currentTarget.value;
        // A new thing's empty field says nothing; a known value that was emptied is no name any more.
        on.onChange(next === known || (next === "" && known === "") ? undefined : next);
      }}
      onBlur={on.onBlur}
      data-path={field.path}
      data-autofocus={first || undefined}
    />
  );
}

function SwitchField({ field, label, value, error, note, rests, first, onChange, onBlur }: FieldProps) {
  return (
    <Switch
      className={classes.wide}
      label={label}
      description={note}
      error={error}
      disabled={rests}
      checked={typeof value === "boolean" ? value : (field.default ?? false)}
      onChange={(event) => onChange(event.currentTarget.checked)}
      onBlur={onBlur}
      data-path={field.path}
      data-autofocus={first || undefined}
    />
  );
}

const SAID: Record<string, boolean | undefined> = { yes: true, no: false };

function YesNoField({ field, label, value, error, note, rests, first, onChange, onBlur }: FieldProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={label}
      description={note}
      error={error}
      disabled={rests}
      value={value === true ? "yes" : value === false ? "no" : ""}
      onChange={(event) => onChange(SAID[event.currentTarget.value])}
      onBlur={onBlur}
      data={[
        { value: "", label: t("acts.unchanged") },
        { value: "yes", label: t("value.yes") },
        { value: "no", label: t("value.no") },
      ]}
      data-path={field.path}
      data-autofocus={first || undefined}
    />
  );
}

function ChoiceField({
  field,
  label,
  value,
  error,
  note,
  changes,
  rests,
  first,
  onChange,
  onBlur,
}: FieldProps) {
  const { t } = useTranslation();
  const words = useActWords();
  return (
    <NativeSelect
      label={label}
      required={field.required}
      description={note}
      error={error}
      disabled={rests}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      onBlur={onBlur}
      data={[
        { value: "", label: changes ? t("acts.unchanged") : t("acts.choose") },
        ...field.choices.map((word) => ({ value: word, label: words.value(field.path, word) })),
      ]}
      data-path={field.path}
      data-autofocus={first || undefined}
    />
  );
}

function ListField({ field, label, value, error, note, rests, first, onChange, onBlur }: FieldProps) {
  const { t } = useTranslation();
  return (
    <TagsInput
      label={label}
      required={field.required}
      description={note}
      error={error}
      disabled={rests}
      placeholder={t("acts.list_example")}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={(next) => onChange(next.length === 0 ? undefined : next)}
      onBlur={onBlur}
      clearable
      clearButtonProps={{ "aria-label": t("query.clear") }}
      data-path={field.path}
      data-autofocus={first || undefined}
    />
  );
}
