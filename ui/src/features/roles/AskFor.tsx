// May this role do this to somebody? The scope of the rule, applied to a person or an organization.
import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, MayApplied, RuleScope, RulesMatrix, Truth } from "../../generated/types";
import { toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import type { Picked } from "../../shared/pickers/FoundSelect";
import { OrganizationSelect } from "../../shared/pickers/OrganizationSelect";
import { PersonSelect } from "../../shared/pickers/PersonSelect";
import { AnswerMark } from "../../shared/rules/AnswerMark";
import { useMay } from "../../shared/rules/rules";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import { LAYERS } from "../../shared/theme/mantine";
import classes from "./AskFor.module.css";

type Props = { connection: Connection; matrix: RulesMatrix; role: string; action: string };

/** Who was asked for last is asked for at the next cell too. */
let last: { connection: string; person: Picked | null; organization: Picked | null } | null = null;

export function AskFor({ connection, matrix, role, action }: Props) {
  const { t } = useTranslation();
  const kept = last?.connection === connection.id ? last : null;
  const [person, setPerson] = useState<Picked | null>(kept?.person ?? null);
  const [organization, setOrganization] = useState<Picked | null>(kept?.organization ?? null);
  const [gives, setGives] = useState<string | null>(null);
  if (connection.mirror.last_sync === null)
    return <p className={classes.quiet}>{t("rules.ask.never_synced")}</p>;
  const keep = (next: { person: Picked | null; organization: Picked | null }) => {
    last = { connection: connection.id, ...next };
    setPerson(next.person);
    setOrganization(next.organization);
  };
  const creates = action === "user.create";
  return (
    <div className={classes.ask}>
      {!creates && (
        <PersonSelect
          connection={connection.id}
          label={t("rules.ask.person")}
          placeholder={t("rules.key.person_example")}
          value={person}
          onChange={(next) => keep({ person: next, organization })}
        />
      )}
      <OrganizationSelect
        connection={connection.id}
        label={t("rules.ask.organization")}
        placeholder={t("rules.key.organization_example")}
        value={organization}
        onChange={(next) => keep({ person, organization: next })}
      />
      {creates && (
        <Select
          label={t("rules.ask.gives")}
          clearable
          clearButtonProps={{ "aria-label": t("clear_field", { name: t("rules.ask.gives") }) }}
          data={matrix.roles.map(({ id, name }) => ({ value: id, label: name }))}
          value={gives}
          onChange={setGives}
          comboboxProps={{ portalProps: { target: `#${LAYERS}` } }}
        />
      )}
      {(person || organization || gives) && (
        <Answer
          asked={{
            connection: connection.id,
            actions: [action],
            role,
            person: creates ? null : (person?.id ?? null),
            organization: organization?.id ?? null,
            gives: creates ? gives : null,
          }}
          isOwn={matrix.actor.role === null || matrix.actor.role === role}
        />
      )}
    </div>
  );
}

type AnswerProps = {
  asked: Parameters<typeof useMay>[0];
  /** Whether the role is, or may be, that of the connection's key. */
  isOwn: boolean;
};

function Answer({ asked, isOwn }: AnswerProps) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const may = useMay(asked);
  if (may.error) return <ErrorBanner error={toApiError(may.error)} remedies={{ try_again: may.refetch }} />;
  const applied = may.data?.[0]?.applied[0];
  if (!applied) return null;
  return (
    <div className={classes.answer} role="status">
      <AnswerMark answer={applied.cell.answer} word={words.answer(applied.cell.answer)} big />
      <p>{words.sentence(applied.name, applied.cell)}</p>
      <Where applied={applied} isOwn={isOwn} />
      {isOwn && <p className={classes.quiet}>{t("rules.ask.as_this_key")}</p>}
    </div>
  );
}

/** Whether whom it is about is inside of the scope of the rule. */
function Where({ applied, isOwn }: { applied: MayApplied; isOwn: boolean }) {
  const { t } = useTranslation();
  const { target, cell } = applied;
  if (!target) return null;
  if (!isOwn) return <p className={classes.quiet}>{t("rules.ask.another_key")}</p>;
  const inside: Partial<Record<RuleScope, Truth>> = target;
  return cell.scopes.map((scope) => {
    const truth = inside[scope];
    if (truth === undefined || (scope !== "own" && scope !== "organization" && scope !== "linked"))
      return null;
    return (
      <p key={scope} className={classes.quiet}>
        {t(`rules.ask.inside.${scope}.${truth}`)}
      </p>
    );
  });
}
