// The fields of a form in their parts, each with what is known of it now and why it rests.
import { useTranslation } from "react-i18next";
import type { ActField, MayAnswer } from "../../generated/types";
import { useActWords } from "../../shared/acts/useActWords";
import { isRefused } from "../../shared/rules/rules";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import classes from "./Acts.module.css";
import { FieldOf } from "./fields/FieldOf";
import { PasswordField, type PasswordProps } from "./fields/PasswordField";
import { type Asked, PARTS, partOf, type Values } from "./intents";

type Props = {
  asked: Asked;
  /** Those that are shown. */
  fields: readonly ActField[];
  /** Something that is there is changed. */
  changes: boolean;
  values: Values;
  onValue: (path: string, value: unknown) => void;
  onVisited: (path: string) => void;
  /** What the rules say of each; nothing while that is not known. */
  answers: MayAnswer[] | undefined;
  /** What is wrong with a field, as far as it is to be told yet. */
  told: (path: string) => string | null;
  password: Pick<PasswordProps, "way" | "onWay" | "field" | "onTyped">;
};

export function ActFields({
  asked,
  fields,
  changes,
  values,
  onValue,
  onVisited,
  answers,
  told,
  password,
}: Props) {
  const { t } = useTranslation();
  const words = useActWords();
  const rules = useRuleWords();
  return (
    <>
      {PARTS.map((part) => {
        const own = fields.filter(({ path }) => partOf(path) === part);
        if (own.length === 0) return null;
        const heading = own.length < fields.length;
        return (
          <fieldset key={part} className={classes.part} aria-label={t(`acts.parts.${part}`)}>
            {heading && <legend>{t(`acts.parts.${part}`)}</legend>}
            {own.map((field) => {
              if (field.kind === "password")
                return (
                  <PasswordField
                    key={field.path}
                    path={field.path}
                    label={words.field(field.path)}
                    least={field.length ?? 0}
                    error={told(field.path)}
                    {...password}
                  />
                );
              const answer = answers?.find(({ action }) => action === field.permission);
              const refusal =
                answer && isRefused(answer) && answers && answers.length > 1 ? rules.why(answer) : null;
              const now = asked.known[field.path] ?? null;
              return (
                <FieldOf
                  key={field.path}
                  connection={asked.connection}
                  field={field}
                  label={words.field(field.path)}
                  value={values[field.path]}
                  onChange={(value) => onValue(field.path, value)}
                  onBlur={() => onVisited(field.path)}
                  error={told(field.path)}
                  now={now}
                  note={refusal ?? (now ? t("acts.now", { value: words.fact(field.path, now) }) : null)}
                  changes={changes}
                  rests={refusal !== null}
                  first={field === fields[0]}
                />
              );
            })}
          </fieldset>
        );
      })}
    </>
  );
}
