// A type of subscription, by its name in the language of the window.
import { NativeSelect, NumberInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { toApiError } from "../../../host";
import { typeName, useSubscriptionTypes } from "../../../shared/acts/subscriptionTypes";
import { useErrorWords } from "../../../shared/errors/useErrorWords";
import classes from "../Acts.module.css";
import type { FieldProps } from "./props";

export function SubscriptionTypeField(props: FieldProps) {
  const { connection, field, label, value, error, note, rests, changes, first, ...on } = props;
  const { t, i18n } = useTranslation();
  const errors = useErrorWords();
  const { data, error: refusal, isPending } = useSubscriptionTypes(connection);
  const shared = {
    className: classes.wide,
    label,
    error,
    disabled: rests,
    required: field.required,
    onBlur: on.onBlur,
  };
  if (refusal && !data) {
    const { title } = errors(toApiError(refusal));
    return (
      <NumberInput
        {...shared}
        description={t("acts.type_by_id", { why: title })}
        min={1}
        allowDecimal={false}
        allowNegative={false}
        value={typeof value === "number" ? value : ""}
        onChange={(next) => on.onChange(typeof next === "number" ? next : undefined)}
        data-path={field.path}
        data-autofocus={first || undefined}
      />
    );
  }
  return (
    <NativeSelect
      {...shared}
      description={note}
      value={typeof value === "number" ? String(value) : ""}
      onChange={({ currentTarget }) =>
        on.onChange(currentTarget.value === "" ? undefined : Number(currentTarget.value))
      }
      data={[
        { value: "", label: isPending ? t("loading") : changes ? t("acts.unchanged") : t("acts.choose") },
        ...(data?.types ?? []).map((type) => ({
          value: String(type.id),
          label: typeName(type, i18n.language),
        })),
      ]}
      data-path={field.path}
      data-autofocus={first || undefined}
    />
  );
}
