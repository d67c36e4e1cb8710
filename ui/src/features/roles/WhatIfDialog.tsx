// What would change if a person had another role, were disabled or deleted, or belonged elsewhere.
// Nothing is sent.
import { Modal, SegmentedControl, Select, Skeleton } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type {
  Connection,
  ManagedOrganization,
  RuleChange,
  RulesMatrix,
  WhatIfDeal,
  WhatIfOutcome,
  WhatIfWarning,
} from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useFormat } from "../../shared/format/useFormat";
import type { Picked } from "../../shared/pickers/FoundSelect";
import { OrganizationSelect } from "../../shared/pickers/OrganizationSelect";
import { keys } from "../../shared/reads/keys";
import { AnswerMark } from "../../shared/rules/AnswerMark";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import { LAYERS } from "../../shared/theme/mantine";
import { isYes } from "./matrix";
import classes from "./WhatIfDialog.module.css";

type Props = {
  opened: boolean;
  onClose: () => void;
  connection: Connection;
  matrix: RulesMatrix;
  person: Picked;
  /** The role that the person has; null if it is not known. */
  role: string | null;
};

export function WhatIfDialog({ opened, onClose, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="46rem"
      title={t("rules.what_if.title", { name: rest.person.name })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <WhatIf {...rest} />
    </Modal>
  );
}

const KINDS = ["role", "move", "disable", "delete"] as const;
type Kind = (typeof KINDS)[number];

function dealOf(kind: Kind, role: string | null, organization: Picked | null): WhatIfDeal | null {
  switch (kind) {
    case "role":
      return role === null ? null : { kind, role };
    case "move":
      return organization === null ? null : { kind, organization: organization.id };
    default:
      return { kind };
  }
}

function WhatIf({ connection, matrix, person, role }: Omit<Props, "opened" | "onClose">) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>("role");
  const [to, setTo] = useState<string | null>(null);
  const [organization, setOrganization] = useState<Picked | null>(null);
  const [assumed, setAssumed] = useState<string | null>(null);
  const deal = dealOf(kind, to, organization);
  const request = {
    connection: connection.id,
    person: person.id,
    deal: deal ?? { kind: "delete" as const },
    assumed,
  };
  const found = useQuery({
    queryKey: keys.whatIf(request),
    queryFn: () => call("what_if", request),
    enabled: deal !== null,
    placeholderData: keepPreviousData,
  });
  const roles = matrix.roles.map(({ id, name }) => ({ value: id, label: name }));
  const select = { comboboxProps: { portalProps: { target: `#${LAYERS}` } } };
  return (
    <div className={classes.whatIf}>
      <SegmentedControl
        fullWidth
        aria-label={t("rules.what_if.what")}
        value={kind}
        onChange={(next) => setKind(KINDS.find((own) => own === next) ?? "role")}
        data={KINDS.map((value) => ({ value, label: t(`rules.what_if.kinds.${value}`) }))}
      />
      <div className={classes.fields}>
        {role === null && (
          <Select
            {...select}
            label={t("rules.what_if.assumed")}
            description={t("rules.what_if.assumed_hint")}
            placeholder={t("value.unknown")}
            clearable
            clearButtonProps={{ "aria-label": t("clear_field", { name: t("rules.what_if.assumed") }) }}
            data={roles}
            value={assumed}
            onChange={setAssumed}
          />
        )}
        {kind === "role" && (
          <Select
            {...select}
            label={t("rules.what_if.to")}
            placeholder={t("rules.what_if.to_example")}
            data={roles.map((own) => ({ ...own, disabled: own.value === (role ?? assumed) }))}
            value={to}
            onChange={setTo}
          />
        )}
        {kind === "move" && (
          <OrganizationSelect
            connection={connection.id}
            label={t("rules.what_if.move_to")}
            placeholder={t("rules.key.organization_example")}
            value={organization}
            onChange={setOrganization}
          />
        )}
      </div>
      {deal !== null && found.error && (
        <ErrorBanner error={toApiError(found.error)} remedies={{ try_again: () => found.refetch() }} />
      )}
      {deal === null ? (
        <p className={classes.quiet}>{t("rules.what_if.hint")}</p>
      ) : found.data ? (
        <Outcome outcome={found.data} kind={kind} stale={found.isPlaceholderData} />
      ) : (
        !found.error && <Skeleton height={140} />
      )}
      <p className={classes.foot}>{t("rules.what_if.nothing_sent")}</p>
    </div>
  );
}

function parted<T>(all: readonly T[], fits: (own: T) => boolean): [T[], T[]] {
  return [all.filter(fits), all.filter((own) => !fits(own))];
}

function Outcome({ outcome, kind, stale }: { outcome: WhatIfOutcome; kind: Kind; stale: boolean }) {
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
        {effects === null && kind === "role" && <Changes list="may_then" changes={outcome.may_then} />}
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
