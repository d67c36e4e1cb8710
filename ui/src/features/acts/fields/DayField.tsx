// A day on which something starts or ends.
import { Checkbox } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import "dayjs/locale/de";
import "dayjs/locale/fr";
import "dayjs/locale/nl";
import { useTranslation } from "react-i18next";
import { LAYERS } from "../../../shared/theme/mantine";
import { dayIn } from "../../query/builder/builder";
import classes from "../Acts.module.css";
import { dayOf, timeOf } from "../intents";
import type { FieldProps } from "./props";

export function DayField({ field, label, value, error, note, rests, changes, ...on }: FieldProps) {
  const { t, i18n } = useTranslation();
  const cleared = value === null;
  return (
    <div className={classes.day}>
      <DateInput
        label={label}
        required={field.required}
        description={note}
        error={error}
        disabled={rests || cleared}
        placeholder={changes ? t("acts.unchanged") : t("query.builder.day_example")}
        clearable
        locale={i18n.language}
        firstDayOfWeek={1}
        valueFormat="YYYY-MM-DD"
        dateParser={dayIn}
        value={typeof value === "number" ? dayOf(value) : null}
        onChange={(day) => on.onChange(day === null ? undefined : timeOf(field.path, day))}
        onBlur={on.onBlur}
        previousLabel={t("query.builder.earlier")}
        nextLabel={t("query.builder.later")}
        clearButtonProps={{ "aria-label": t("query.clear") }}
        popoverProps={{ portalProps: { target: `#${LAYERS}` } }}
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
