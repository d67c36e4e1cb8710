// Ids and identifiers, typed or pasted by the hundreds: how many they are, and what is none.
import { Textarea } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../../shared/format/useFormat";
import classes from "../Builder.module.css";
import { identifiersIn, idsIn, isIdentifier, normalIdentifier, type Rule } from "../builder";

type Props = {
  rule: Rule;
  onChange: (value: Rule["value"]) => void;
  /** It stands where another field had the focus. */
  takesFocus?: boolean;
};

/** As many rejected words as are named; the rest is counted. */
const MOST_NAMED = 5;

export function ListField({ rule, onChange, takesFocus = false }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const values = [rule.value].flat();
  const [text, setText] = useState(() => values.join(", "));
  const [rejected, setRejected] = useState<string[]>([]);
  const kind = isIdentifier(rule.field) ? rule.field : null;
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!takesFocus) return;
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, [takesFocus]);

  const read = (typed: string) => {
    setText(typed);
    if (kind) {
      onChange(identifiersIn(kind, typed));
      return;
    }
    const found = idsIn(typed);
    setRejected(found.rejected);
    onChange(found.ids.length === 1 ? (found.ids[0] ?? []) : found.ids);
  };
  const changed =
    kind !== null && text.split(/[\n,;\t]+/).some((typed) => normalIdentifier(kind, typed).changed);
  const normal = values.join(", ");
  const named = rejected.slice(0, MOST_NAMED).join(", ");
  const more = rejected.length - MOST_NAMED;
  return (
    <div className={classes.list}>
      <Textarea
        ref={field}
        size="xs"
        autosize
        minRows={1}
        maxRows={4}
        aria-label={kind ? t("query.builder.numbers") : t("query.builder.ids")}
        placeholder={kind ? t("query.builder.numbers_example") : t("query.builder.ids_example")}
        classNames={{ input: classes.mono }}
        value={text}
        onChange={(event) => read(event.currentTarget.value)}
        onBlur={() => rejected.length === 0 && setText(normal)}
        spellCheck={false}
      />
      <span className={classes.counts} aria-live="polite">
        {values.length > 1 && (
          <span>{t("query.builder.values", { count: values.length, n: format.number(values.length) })}</span>
        )}
        {changed && <span>{t("query.builder.written_as", { text: shortly(normal) })}</span>}
        {rejected.length > 0 && (
          <span className={classes.rejected}>
            {t("query.builder.rejected", { list: named })}
            {more > 0 && ` ${t("query.builder.rejected_more", { count: more, n: format.number(more) })}`}
          </span>
        )}
      </span>
    </div>
  );
}

const LONGEST = 60;
const shortly = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
