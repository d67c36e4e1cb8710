// A day on which something starts or ends.
import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DayInput } from "../../../shared/pickers/DayInput";
import classes from "../Acts.module.css";
import { dayOf, timeOf } from "../intents";
import type { FieldProps } from "./props";

export function DayField({ field, label, value, error, note, rests, changes, ...on }: FieldProps) {
  const { t } = useTranslation();
  const cleared = value === null;
  return (
    <div className={classes.day}>
      <DayInput
        label={label}
        required={field.required}
        description={note}
        error={error}
        disabled={rests || cleared}
        placeholder={changes ? t("acts.unchanged") : t("day.example")}
        clearable
        value={typeof value === "number" ? dayOf(value) : null}
        onChange={(day) => on.onChange(day === null ? undefined : timeOf(field.path, day))}
        onBlur={on.onBlur}
        clearButtonProps={{ "aria-label": t("query.clear") }}
        data-path={field.path}
      />
      {field.clearable && (
        <Checkbox
          size="xs"
          label={t("acts.take_away")}
          aria-label={`${label}: ${t("acts.take_away")}`}
          checked={cleared}
          disabled={rests}
          onChange={(event) => on.onChange(event.currentTarget.checked ? null : undefined)}
        />
      )}
    </div>
  );
}
