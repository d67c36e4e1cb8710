// The columns of a file with their first values, and what each of them means.
import { NativeSelect } from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { ActForm, ImportColumn, ImportInspection, ImportMeaning } from "../../../generated/types";
import { useFormat } from "../../../shared/format/useFormat";
import classes from "./Import.module.css";
import { choiceOf, examplesOf, isRequired, offered } from "./mapping";
import { useFieldName } from "./useFieldName";

type Props = {
  form: ActForm;
  seen: ImportInspection;
  meanings: readonly ImportMeaning[];
  /** The columns that mean the same as another one. */
  twice: ReadonlySet<number>;
  onMeaning: (at: number, value: string) => void;
};

export function ColumnsList({ form, seen, meanings, twice, onMeaning }: Props) {
  const { t } = useTranslation();
  const fieldName = useFieldName(form);
  const choices = [
    { value: "", label: t("import.not_used") },
    ...offered(form).map((value) => {
      const field = fieldName(value);
      return { value, label: isRequired(form, value) ? t("import.required", { field }) : field };
    }),
  ];
  return (
    <ul className={classes.columns}>
      {seen.columns.map((column, at) => {
        const value = choiceOf(meanings[at] ?? { is: "ignored" });
        return (
          <Column
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns may be called the same
            key={`${at} ${column.name}`}
            column={column}
            no={at + 1}
            examples={examplesOf(seen, at)}
            choices={choices}
            value={value}
            error={twice.has(at) ? t("import.twice", { field: fieldName(value) }) : null}
            onChange={(next) => onMeaning(at, next)}
          />
        );
      })}
    </ul>
  );
}

type ColumnProps = {
  column: ImportColumn;
  no: number;
  examples: string[];
  choices: Array<{ value: string; label: string }>;
  value: string;
  error: string | null;
  onChange: (value: string) => void;
};

function Column({ column, no, examples, choices, value, error, onChange }: ColumnProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const about = useId();
  const name = column.name || t("import.unnamed", { n: format.number(no) });
  return (
    <li className={classes.column} data-unused={value === "" || undefined}>
      <div className={classes.columnWords}>
        <strong dir="auto">{name}</strong>
        <span id={about} className={classes.examples} dir="auto">
          {column.secret ? (
            <>
              <IconEyeOff size={14} stroke={1.8} aria-hidden /> {t("import.secret")}
            </>
          ) : (
            examples.join(" · ") || t("import.no_values")
          )}
        </span>
      </div>
      <NativeSelect
        aria-label={t("import.means", { column: name })}
        aria-describedby={about}
        disabled={column.secret}
        error={error}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        data={choices}
      />
    </li>
  );
}
