// Which role the key of the connection has, and how that is known. A guess is offered, never used.
import { Button, Select } from "@mantine/core";
import { IconChevronRight, IconKey } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ActorUpdate, RulesMatrix } from "../../generated/types";
import { call } from "../../host";
import { useAct } from "../../shared/errors/notify";
import { useFormat } from "../../shared/format/useFormat";
import { OrganizationSelect } from "../../shared/pickers/OrganizationSelect";
import { PersonSelect } from "../../shared/pickers/PersonSelect";
import { LAYERS } from "../../shared/theme/mantine";
import classes from "./KeyRole.module.css";
import { useNamed } from "./useNamed";

type Props = { connection: string; matrix: RulesMatrix };

export function KeyRole({ connection, matrix }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const { actor } = matrix;
  const set = (change: Partial<ActorUpdate>) =>
    act(() =>
      call("actor_set", {
        connection,
        role: actor.role,
        organization: actor.organization,
        person: actor.person,
        ...change,
      }),
    );
  const practice = actor.known_by === "practice";
  const own = matrix.roles.find(({ id }) => id === actor.role);
  return (
    <section
      className={classes.strip}
      data-unknown={actor.role === null || undefined}
      aria-label={t("rules.key.label")}
    >
      <IconKey size={18} stroke={1.7} aria-hidden className={classes.icon} />
      <div className={classes.role}>
        {practice ? (
          <strong>{own?.name}</strong>
        ) : (
          <Select
            size="xs"
            className={classes.select}
            aria-label={t("rules.key.role")}
            placeholder={t("rules.key.unknown")}
            data={matrix.roles.map(({ id, name }) => ({ value: id, label: name }))}
            value={actor.role}
            clearable
            clearButtonProps={{ "aria-label": t("rules.key.forget") }}
            onChange={(role) => set(role === null ? { role, organization: null, person: null } : { role })}
            comboboxProps={{ portalProps: { target: `#${LAYERS}` } }}
          />
        )}
        <How matrix={matrix} onTake={(role) => set({ role })} />
      </div>
      {actor.role !== null && <Whose connection={connection} matrix={matrix} onChange={set} />}
    </section>
  );
}

/** How the role is known, or what fits. */
function How({ matrix, onTake }: { matrix: RulesMatrix; onTake: (role: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { actor, roles } = matrix;
  if (actor.known_by === "practice") return <p className={classes.how}>{t("rules.key.practice")}</p>;
  if (actor.role !== null)
    return (
      <p className={classes.how}>
        {actor.given_at !== null && t("rules.key.given", { date: format.date(actor.given_at) })}
      </p>
    );
  const fits = roles.filter(({ id }) => actor.guess?.roles.includes(id));
  return (
    <div className={classes.offer}>
      <p className={classes.how}>
        {t("rules.key.not_told")}{" "}
        {actor.guess && fits.length > 0 && t(`rules.key.fits.${actor.guess.reason}`)}
      </p>
      {fits.map(({ id, name }) => (
        <Button key={id} size="compact-xs" variant="default" onClick={() => onTake(id)}>
          {t("rules.key.take", { role: name })}
        </Button>
      ))}
    </div>
  );
}

type WhoseProps = Props & { onChange: (change: Partial<ActorUpdate>) => void };

/** The person and the organization of the key: scopes are counted from them. */
function Whose({ connection, matrix, onChange }: WhoseProps) {
  const { t } = useTranslation();
  const { actor } = matrix;
  const named = useNamed(connection, actor);
  if (matrix.people_unknown === null) return null;
  return (
    <details className={classes.whose}>
      <summary>
        <IconChevronRight size={14} stroke={2} aria-hidden />
        {(named.person ?? named.organization)
          ? [named.person?.name, named.organization?.name].filter(Boolean).join(" · ")
          : t("rules.key.whose")}
      </summary>
      <div className={classes.fields}>
        <PersonSelect
          connection={connection}
          label={t("rules.key.person")}
          placeholder={t("rules.key.person_example")}
          value={named.person}
          onChange={(person) => onChange({ person: person?.id ?? null })}
        />
        <OrganizationSelect
          connection={connection}
          label={t("rules.key.organization")}
          placeholder={t("rules.key.organization_example")}
          value={named.organization}
          onChange={(organization) => onChange({ organization: organization?.id ?? null })}
        />
        <p className={classes.how}>{t("rules.key.whose_hint")}</p>
      </div>
    </details>
  );
}
