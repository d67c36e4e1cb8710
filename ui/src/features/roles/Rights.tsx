// Actions in groups, each with its answer: what somebody may do, shortly.
import type { RuleCell } from "../../generated/types";
import { AnswerMark } from "../../shared/rules/AnswerMark";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import classes from "./Rights.module.css";

type Props = {
  groups: readonly { prefix: string; actions: readonly { action: string; cell: RuleCell }[] }[];
};

export function Rights({ groups }: Props) {
  return (
    <dl className={classes.rights}>
      {groups.map((group) => (
        <Group key={group.prefix} {...group} />
      ))}
    </dl>
  );
}

/** Where all of a group is allowed is said once. */
function Group({ prefix, actions }: Props["groups"][number]) {
  const words = useRuleWords();
  const places = new Set(actions.map(({ cell }) => (cell.answer === "yes_within" ? words.cell(cell) : null)));
  const [place = null] = places.size === 1 ? places : [];
  return (
    <div className={classes.group}>
      <dt>
        {words.group(prefix)}
        {place !== null && <span className={classes.more}>{place}</span>}
      </dt>
      <dd>
        <ul>
          {actions.map(({ action, cell }) => (
            <li key={action}>
              <AnswerMark answer={cell.answer} word={words.verb(action)} size={15} />
              <More cell={cell} place={place} />
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}

function More({ cell, place }: { cell: RuleCell; place: string | null }) {
  const words = useRuleWords();
  const within = cell.answer === "yes_within" && place === null ? words.cell(cell) : null;
  const limit = cell.limit === null ? null : words.limit(cell.limit);
  if (within === null && limit === null) return null;
  return <span className={classes.more}>{[within, limit].filter(Boolean).join(", ")}</span>;
}
