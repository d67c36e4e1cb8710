// A day, typed or chosen in a calendar. What was typed and is no day stays: whoever asks for it says so.
import "@mantine/dates/styles.layer.css";
import { Input, Popover, TextInput, type TextInputProps } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import "dayjs/locale/de";
import "dayjs/locale/fr";
import "dayjs/locale/nl";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { dayIn, isDay } from "../format/day";
import { LAYERS } from "../theme/mantine";
import classes from "./DayInput.module.css";

type Props = Omit<TextInputProps, "value" | "onChange"> & {
  /** 2025-01-31, or what was typed and is no day; null: nothing. */
  value: string | null;
  onChange: (value: string | null) => void;
  clearable?: boolean;
};

/** What a text says: a day in any of the ways it is written, or itself; null: nothing. */
const saidBy = (text: string): string | null => dayIn(text) ?? (text.trim() || null);

export function DayInput({ value, onChange, onBlur, clearable = false, disabled, ...rest }: Props) {
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState(value ?? "");
  const [isOpen, setOpen] = useState(false);
  const day = value !== null && isDay(value) ? value : null;
  const [month, setMonth] = useState(day ?? undefined);
  // As it was typed, for as long as it means the same.
  const text = saidBy(typed) === value ? typed : (value ?? "");
  const say = (next: string) => {
    const said = saidBy(next);
    setTyped(next);
    if (said !== null && isDay(said)) setMonth(said);
    onChange(said);
  };
  const open = () => {
    setMonth(day ?? undefined);
    setOpen(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" && !isOpen) {
      event.preventDefault();
      open();
    } else if (event.key === "Escape") setOpen(false);
  };
  return (
    <Popover
      opened={isOpen}
      position="bottom-start"
      disabled={disabled}
      withRoles={false}
      portalProps={{ target: `#${LAYERS}` }}
    >
      <Popover.Target>
        <TextInput
          placeholder={t("day.example")}
          autoComplete="off"
          spellCheck={false}
          disabled={disabled}
          value={text}
          onChange={({ currentTarget }) => say(currentTarget.value)}
          // The focus alone does not open it: it would lie over what is said of the field.
          onClick={open}
          onKeyDown={onKeyDown}
          onBlur={(event) => {
            setOpen(false);
            setTyped(value ?? "");
            onBlur?.(event);
          }}
          // The first Esc is for the calendar, not for the dialog that the field stands in.
          data-mantine-stop-propagation={isOpen || undefined}
          rightSection={
            clearable && text !== "" && !disabled ? (
              <Input.ClearButton onClick={() => say("")} aria-label={t("query.clear")} />
            ) : null
          }
          rightSectionPointerEvents="all"
          {...rest}
        />
      </Popover.Target>
      {/* The focus stays in the field: who leaves it closes the calendar. */}
      <Popover.Dropdown onMouseDown={(event) => event.preventDefault()}>
        <DatePicker
          classNames={{ day: classes.day }}
          locale={i18n.language}
          firstDayOfWeek={1}
          previousLabel={t("day.earlier")}
          nextLabel={t("day.later")}
          allowDeselect={clearable}
          value={day}
          onChange={(next) => {
            say(next ?? "");
            setOpen(false);
          }}
          date={month}
          onDateChange={setMonth}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
