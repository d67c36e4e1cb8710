// The role of a new person: those that the key may give, and of the others why not.
import { Radio } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../../host";
import { keys } from "../../../shared/reads/keys";
import { isRefused, mayQuestion } from "../../../shared/rules/rules";
import { useRuleWords } from "../../../shared/rules/useRuleWords";
import classes from "../Acts.module.css";
import type { FieldProps } from "./props";

export function RoleField({ connection, field, label, value, error, note, rests, ...on }: FieldProps) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const answers = useQueries({
    queries: field.choices.map((gives) => {
      const question = mayQuestion({ connection, actions: [field.permission], gives });
      return { queryKey: keys.may(question), queryFn: () => call("may_ask", question) };
    }),
  });
  return (
    <Radio.Group
      className={classes.wide}
      label={label}
      required={field.required}
      description={note}
      error={error}
      value={typeof value === "string" ? value : null}
      onChange={on.onChange}
      onBlur={on.onBlur}
    >
      <div className={classes.roles}>
        {field.choices.map((role, place) => {
          const answer = answers[place]?.data?.[0];
          const denied = isRefused(answer);
          return (
            <Radio
              key={role}
              size="sm"
              value={role}
              disabled={rests || denied}
              label={t(`roles.${role}`, { defaultValue: role })}
              description={answer && denied ? words.why(answer) : undefined}
              data-path={field.path}
            />
          );
        })}
      </div>
    </Radio.Group>
  );
}
