// A day, typed or chosen in a calendar.
import "@mantine/dates/styles.layer.css";
import { DateInput, type DateInputProps } from "@mantine/dates";
import "dayjs/locale/de";
import "dayjs/locale/fr";
import "dayjs/locale/nl";
import { useTranslation } from "react-i18next";
import { dayIn } from "../format/day";
import { LAYERS } from "../theme/mantine";
import classes from "./DayInput.module.css";

type Props = Omit<DateInputProps, "value" | "onChange"> & {
  /** 2025-01-31. */
  value: string | null;
  onChange: (day: string | null) => void;
};

export function DayInput(props: Props) {
  const { t, i18n } = useTranslation();
  return (
    <DateInput
      placeholder={t("day.example")}
      locale={i18n.language}
      firstDayOfWeek={1}
      valueFormat="YYYY-MM-DD"
      dateParser={dayIn}
      classNames={{ day: classes.day }}
      previousLabel={t("day.earlier")}
      nextLabel={t("day.later")}
      popoverProps={{ portalProps: { target: `#${LAYERS}` } }}
      {...props}
    />
  );
}
