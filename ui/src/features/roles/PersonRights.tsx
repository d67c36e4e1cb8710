// In a person's drawer: what this person may do, what would change, and what the key may do to them.
import { Button, Select } from "@mantine/core";
import { IconArrowRight, IconArrowsShuffle } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, MayAnswer, PersonRow, RulesMatrix } from "../../generated/types";
import { toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { AnswerMark } from "../../shared/rules/AnswerMark";
import { ruleAddress, useMay, useRules } from "../../shared/rules/rules";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import { LAYERS } from "../../shared/theme/mantine";
import { actionsOf, isNo, isYes } from "./matrix";
import classes from "./PersonRights.module.css";
import { Rights } from "./Rights";
import { WhatIfDialog } from "./WhatIfDialog";

type Props = { connection: Connection; person: PersonRow };

export function PersonRights({ connection, person }: Props) {
  const { t } = useTranslation();
  const rules = useRules(connection.id);
  const [assumed, setAssumed] = useState<string | null>(null);
  const [whatIf, setWhatIf] = useState(false);
  const known = person.role.known === "yes" ? person.role.text : null;
  if (rules.error)
    return <ErrorBanner error={toApiError(rules.error)} remedies={{ try_again: rules.refetch }} />;
  const matrix = rules.data;
  if (!matrix) return null;
  const role = known ?? assumed;
  const synced = connection.mirror.last_sync !== null;
  return (
    <div className={classes.rights}>
      {known === null && (
        <>
          <p className={classes.quiet}>{t("rules.person.unknown")}</p>
          <Select
            size="xs"
            label={t("rules.person.if_role")}
            placeholder={t("rules.what_if.to_example")}
            clearable
            clearButtonProps={{ "aria-label": t("clear_field", { name: t("rules.person.if_role") }) }}
            data={matrix.roles.map(({ id, name }) => ({ value: id, label: name }))}
            value={assumed}
            onChange={setAssumed}
            comboboxProps={{ portalProps: { target: `#${LAYERS}` } }}
          />
        </>
      )}
      {role !== null && <Summary connection={connection.id} matrix={matrix} role={role} />}
      {synced && (
        <Button
          size="xs"
          variant="default"
          className={classes.button}
          leftSection={<IconArrowsShuffle size={15} stroke={1.7} />}
          onClick={() => setWhatIf(true)}
        >
          {t("rules.what_if.open")}
        </Button>
      )}
      <WhatIfDialog
        opened={whatIf}
        onClose={() => setWhatIf(false)}
        connection={connection}
        matrix={matrix}
        person={person}
        role={known}
      />
    </div>
  );
}

type SummaryProps = { connection: string; matrix: RulesMatrix; role: string };

function Summary({ connection, matrix, role }: SummaryProps) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const may = actionsOf(matrix, role, isYes);
  // What a role may nothing of is said by its name alone.
  const nothing = actionsOf(matrix, role, isNo).filter(({ prefix }) =>
    may.every((own) => own.prefix !== prefix),
  );
  return (
    <>
      {may.length > 0 ? (
        <Rights groups={may} />
      ) : (
        <p className={classes.quiet}>{t("rules.person.nothing")}</p>
      )}
      {nothing.length > 0 && (
        <p className={classes.quiet}>
          {t("rules.person.not", { groups: nothing.map(({ prefix }) => words.group(prefix)).join(", ") })}
        </p>
      )}
      <a className={classes.link} href={ruleAddress(connection, { role })}>
        {t("rules.person.in_roles", { role: words.role(role) })}
        <IconArrowRight size={14} aria-hidden />
      </a>
    </>
  );
}

/** What a person does to people. */
const ACTS = [
  "user.view",
  "user.profile.update",
  "user.preferences.update",
  "user.subscription.update",
  "user.create",
  "user.role.update",
  "user.disable",
  "user.delete",
];

export function KeyRights({ connection, person }: Props) {
  const { t } = useTranslation();
  const may = useMay({ connection: connection.id, actions: ACTS, person: person.id });
  if (may.error) return <ErrorBanner error={toApiError(may.error)} remedies={{ try_again: may.refetch }} />;
  const answers = may.data ?? [];
  const unsure = answers.length > 0 && answers.every(({ applied }) => applied.length > 1);
  return (
    <div className={classes.rights}>
      {unsure && (
        <p className={classes.quiet}>
          {t("rules.person.key_unknown")}{" "}
          <a className={classes.link} href={ruleAddress(connection.id)}>
            {t("rules.person.say_role")}
          </a>
        </p>
      )}
      <ul className={classes.acts}>
        {answers.map((answer) => (
          <Act key={answer.action} connection={connection.id} answer={answer} />
        ))}
      </ul>
    </div>
  );
}

function Act({ connection, answer }: { connection: string; answer: MayAnswer }) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const role = answer.applied.length === 1 ? answer.applied[0]?.cell.role : undefined;
  const why = words.why(answer);
  const name = answer.action === "user.create" ? t("rules.person.create_there") : words.verb(answer.action);
  return (
    <li className={classes.act}>
      <a
        href={ruleAddress(connection, role === undefined ? {} : { role, action: answer.action })}
        className={classes.verb}
      >
        {name}
      </a>
      <AnswerMark answer={answer.answer} word={words.answer(answer.answer)} size={15} />
      {why && answer.answer !== null && answer.answer !== "undocumented" && (
        <p className={classes.why}>{why}</p>
      )}
      {answer.evidence[0] && <p className={classes.why}>{words.tried(answer.evidence[0])}</p>}
    </li>
  );
}
