// A day on which something starts or ends.
import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { isDay } from "../../../shared/format/day";
import { DayInput } from "../../../shared/pickers/DayInput";
import classes from "../Acts.module.css";
import { dayOf, timeOf } from "../intents";
import type { FieldProps } from "./props";

/** The time of a day; what is no day stays as it was typed, and is told to be none. */
const wantedOf = (path: string, said: string) => (isDay(said) ? timeOf(path, said) : said);

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
        value={typeof value === "number" ? dayOf(value) : typeof value === "string" ? value : null}
        onChange={(said) => on.onChange(said === null ? undefined : wantedOf(field.path, said))}
        onBlur={on.onBlur}
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
