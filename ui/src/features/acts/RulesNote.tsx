// At the top of a form: what the rules say of it, and whether its endpoint is documented at all.
import { IconBookOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ActForm, MayAnswer } from "../../generated/types";
import { AnswerMark } from "../../shared/rules/AnswerMark";
import { ruleAddress } from "../../shared/rules/rules";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import classes from "./Acts.module.css";

type Props = { connection: string; form: ActForm; answers: MayAnswer[] };

export function RulesNote({ connection, form, answers }: Props) {
  const { t } = useTranslation();
  const words = useRuleWords();
  return (
    <ul className={classes.notes}>
      {answers.map((answer) => {
        const { action, applied } = answer;
        const own = applied.length === 1 ? applied[0] : undefined;
        const said = own ? words.sentence(own.name, own.cell) : words.why(answer);
        return (
          <li key={action}>
            <AnswerMark answer={answer.answer} word={words.answer(answer.answer)} />
            <span>
              {answers.length > 1 && <strong>{words.verb(action)}: </strong>}
              {said}{" "}
              <a className={classes.link} href={ruleAddress(connection, { role: own?.cell.role, action })}>
                {t("rules.show_rule")}
              </a>
            </span>
          </li>
        );
      })}
      {form.reading_only && (
        <li>
          <IconBookOff size={18} stroke={1.8} aria-hidden />
          <span>{t("acts.reading_only")}</span>
        </li>
      )}
    </ul>
  );
}
