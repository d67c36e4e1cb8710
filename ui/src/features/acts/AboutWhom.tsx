// Above a form: to whom it is done, one by name, many by number.
import { useTranslation } from "react-i18next";
import { useActWords } from "../../shared/acts/useActWords";
import { useFormat } from "../../shared/format/useFormat";
import classes from "./Acts.module.css";
import type { Asked } from "./intents";

export function AboutWhom({ targets }: { targets: Asked["targets"] }) {
  const { t } = useTranslation();
  const words = useActWords();
  const format = useFormat();
  const [first] = targets;
  if (!first) return null;
  return (
    <p className={classes.about}>
      <strong dir="auto">{words.target(first)}</strong>
      {targets.length === 1 ? (
        <span className={classes.quiet}>
          {words.thing(first.thing)} <span className="num">{first.id}</span>
        </span>
      ) : (
        <span className={classes.quiet}>
          {t("acts.and_others", { count: targets.length - 1, n: format.number(targets.length - 1) })}
        </span>
      )}
    </p>
  );
}
