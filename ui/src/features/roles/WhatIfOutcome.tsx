// What would change: what is gained and lost, who would still manage, what to look at twice.
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ManagedOrganization, RuleChange, WhatIfOutcome, WhatIfWarning } from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import { AnswerMark } from "../../shared/rules/AnswerMark";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import { isYes } from "./matrix";
import classes from "./WhatIfDialog.module.css";

function parted<T>(all: readonly T[], fits: (own: T) => boolean): [T[], T[]] {
  return [all.filter(fits), all.filter((own) => !fits(own))];
}

type Props = {
  outcome: WhatIfOutcome;
  /** It is about another role. */
  ofRole: boolean;
  /** Another one is being asked for. */
  stale: boolean;
};

export function Outcome({ outcome, ofRole, stale }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRuleWords();
  const { effects, act } = outcome;
  const why = words.why(act);
  // What is not allowed now and would not be then is of little interest.
  const [allowed, refused] = parted(effects?.changed ?? [], ({ before }) => isYes(before));
  const nothing = effects && LISTS.every((list) => effects[list].length === 0);
  return (
    <div className={classes.outcome} data-stale={stale || undefined} aria-busy={stale} aria-live="polite">
      {outcome.warnings.length > 0 && (
        <ul className={classes.warnings}>
          {outcome.warnings.map((warning) => (
            <Warning key={warning.kind} warning={warning} />
          ))}
        </ul>
      )}
      <div className={classes.facts}>
        {outcome.organizations.map((own) => (
          <Managers key={own.id} managed={own} />
        ))}
        <section className={classes.act} aria-label={t("rules.what_if.may_key")}>
          <h3>{t("rules.what_if.may_key")}</h3>
          <AnswerMark answer={act.answer} word={words.answer(act.answer)} />
          {why && <p className={classes.quiet}>{why}</p>}
        </section>
      </div>
      {effects === null && <p className={classes.quiet}>{t("rules.what_if.role_unknown")}</p>}
      {nothing && <p className={classes.quiet}>{t("rules.what_if.nothing")}</p>}
      <div className={classes.lists}>
        {effects &&
          LISTS.map((list) => (
            <Changes key={list} list={list} changes={list === "changed" ? allowed : effects[list]} />
          ))}
        {effects === null && ofRole && <Changes list="may_then" changes={outcome.may_then} />}
      </div>
      {refused.length > 0 && (
        <details className={classes.more}>
          <summary>
            {t("rules.what_if.not_allowed", { count: refused.length, n: format.number(refused.length) })}
          </summary>
          <Changes list="changed" changes={refused} />
        </details>
      )}
    </div>
  );
}

const LISTS = ["lost", "gained", "changed", "moved"] as const;

function Changes({ list, changes }: { list: (typeof LISTS)[number] | "may_then"; changes: RuleChange[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRuleWords();
  if (changes.length === 0) return null;
  const title = t(`rules.what_if.lists.${list}`, { n: format.number(changes.length) });
  return (
    <section className={classes.list} aria-label={title} data-list={list}>
      <h3>{title}</h3>
      <ul>
        {changes.map(({ action, before, after }) => (
          <li key={action}>
            <span>{words.act(action)}</span>
            <span className={classes.then}>
              {list === "changed" && after
                ? `${words.cell(before)}${limit(before.limit)} → ${words.cell(after)}${limit(after.limit)}`
                : list === "lost"
                  ? after && words.cell(after)
                  : words.cell(after ?? before)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );

  function limit(most: number | null) {
    return most === null ? "" : ` (≤ ${format.number(most)})`;
  }
}

function Managers({ managed }: { managed: ManagedOrganization }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { before, after } = managed;
  const title = t("rules.what_if.managers", { name: managed.name ?? managed.id });
  return (
    <section className={classes.managers} aria-label={title}>
      <h3>{title}</h3>
      <p className={classes.counts}>
        <span className="num">{format.number(before.known)}</span>
        {" → "}
        <strong className="num">{format.number(after.known)}</strong>
        {after.possible > 0 && (
          <span className={classes.quiet}>
            {" "}
            {t("rules.what_if.possible", { count: after.possible, n: format.number(after.possible) })}
          </span>
        )}
      </p>
      <Names people={managed.known} of={managed.others.known} />
      {managed.known.length === 0 && (
        <Names people={managed.possible} of={managed.others.possible} possible />
      )}
    </section>
  );
}

type NamesProps = { people: ManagedOrganization["known"]; of: number; possible?: boolean };

function Names({ people, of, possible = false }: NamesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (people.length === 0) return null;
  const names = people.map(({ name }) => name).join(", ");
  const rest = of - people.length;
  return (
    <p className={classes.quiet}>
      {possible ? t("rules.what_if.may_manage", { names }) : t("rules.what_if.still_manage", { names })}
      {rest > 0 && ` ${t("rules.what_if.and_more", { count: rest, n: format.number(rest) })}`}
    </p>
  );
}

const ALARMING: ReadonlySet<WhatIfWarning["kind"]> = new Set([
  "last_manager",
  "no_known_manager_left",
  "only_possible_managers_left",
  "yourself",
]);

function Warning({ warning }: { warning: WhatIfWarning }) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const alarming = ALARMING.has(warning.kind);
  const Icon = alarming ? IconAlertTriangle : IconInfoCircle;
  const role = warning.kind === "only_role" ? words.role(warning.role) : "";
  return (
    <li className={classes.warning} data-alarming={alarming || undefined}>
      <Icon size={17} stroke={1.8} aria-hidden />
      <span>{t(`rules.what_if.warnings.${warning.kind}`, { role })}</span>
    </li>
  );
}
