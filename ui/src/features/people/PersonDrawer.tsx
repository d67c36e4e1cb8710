// One person: every value with where it came from, and the organization.
import { Skeleton } from "@mantine/core";
import { IconBuilding, IconChevronRight } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, type ToggleEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type {
  Connection,
  ErrorCode,
  OrganizationRow,
  PersonDetails,
  ValueWithProvenance,
  Who,
} from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import type { Remedies } from "../../shared/errors/remedies";
import { useFormat, useNow } from "../../shared/format/useFormat";
import { SidePanel } from "../../shared/panel/SidePanel";
import { keys } from "../../shared/reads/keys";
import { CopyButton } from "../../shared/states/CopyButton";
import { PersonActs } from "../acts/PersonActs";
import { ExplainPanel } from "../query/explain/ExplainPanel";
import { KeyRights, PersonRights } from "../roles/PersonRights";
import classes from "./PersonDrawer.module.css";
import { PresenceMark } from "./PresenceMark";
import { useValueWords } from "./valueWords";

type Props = {
  connection: Connection;
  /** The question in whose list the person stands. */
  who: Who;
  id: number;
  onClose: () => void;
  /** An edit of the question, which is to be asked. */
  onEdit: (text: string) => void;
  remedies: Remedies;
  /** The error that the place already tells: not told twice. */
  told?: ErrorCode;
};

/** Whoever looks at one part of a person wants to see it of the next one too. */
const wasOpen = { explain: true, may: false, key: false };

export function PersonDrawer({ connection, who, id, onClose, onEdit, remedies, told }: Props) {
  const { t } = useTranslation();
  const person = { connection: connection.id, source: who.source, as_of: who.as_of, id };
  const details = useQuery({
    queryKey: keys.person(person),
    queryFn: () => call("person_details", person),
    placeholderData: keepPreviousData,
  });
  const row = details.data?.row;
  const error = details.isError ? toApiError(details.error) : null;
  return (
    <SidePanel
      label={t("drawer.label")}
      title={row?.name ?? (error ? id : <Skeleton height={18} width="60%" />)}
      sub={row && row.presence !== "present" && <PresenceMark name="" presence={row.presence} />}
      busy={details.isFetching}
      onClose={onClose}
    >
      {error && error.code !== told && (
        <div className={classes.error}>
          <ErrorBanner error={error} remedies={{ ...remedies, try_again: details.refetch }} />
        </div>
      )}
      {details.data && who.as_of === null && <PersonActs connection={connection} details={details.data} />}
      {details.data ? <Details details={details.data} /> : details.isPending && <Waiting />}
      {details.data && who.filter !== null && (
        <Folded part="explain" title={t("people.explain")}>
          <ExplainPanel who={who} id={id} onEdit={onEdit} />
        </Folded>
      )}
      {row && (
        <>
          <Folded part="may" title={t("rules.person.may")}>
            <PersonRights key={row.id} connection={connection} person={row} />
          </Folded>
          <Folded part="key" title={t("rules.person.key_may")}>
            <KeyRights connection={connection} person={row} />
          </Folded>
        </>
      )}
    </SidePanel>
  );
}

type FoldedProps = { part: keyof typeof wasOpen; title: string; children: ReactNode };

/** A part of the drawer that is asked for when it is opened. */
function Folded({ part, title, children }: FoldedProps) {
  const [open, setOpen] = useState(wasOpen[part]);
  const onToggle = (event: ToggleEvent<HTMLDetailsElement>) => {
    wasOpen[part] = event.currentTarget.open;
    setOpen(wasOpen[part]);
  };
  return (
    <details className={classes.folded} open={open} onToggle={onToggle}>
      <summary>
        <IconChevronRight size={14} stroke={2} aria-hidden />
        {title}
      </summary>
      {open && children}
    </details>
  );
}

function Waiting() {
  return (
    <div className={classes.waiting}>
      {[70, 45, 60, 52, 38].map((width) => (
        <Skeleton key={width} height={11} width={`${width}%`} />
      ))}
    </div>
  );
}

function Details({ details }: { details: PersonDetails }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { first_seen, last_changed } = details;
  return (
    <>
      <dl className={classes.values}>
        {details.values.map((value) => (
          <Value key={value.key} value={value} details={details} />
        ))}
      </dl>
      {details.organization && <OrganizationCard organization={details.organization} />}
      {(first_seen !== null || last_changed !== null) && (
        <p className={classes.seen}>
          {first_seen !== null && <span>{t("drawer.first_seen", { date: format.moment(first_seen) })}</span>}
          {last_changed !== null && (
            <span>{t("drawer.last_changed", { date: format.moment(last_changed) })}</span>
          )}
        </p>
      )}
    </>
  );
}

function Value({ value, details }: { value: ValueWithProvenance; details: PersonDetails }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60);
  const words = useValueWords();
  const name = words.name(value.key);
  const text = words.text(value, details);
  const from =
    value.from && value.at !== null
      ? t(`provenance.${value.from}`, { ago: format.ago(value.at, now, "short") })
      : value.known === "unknown"
        ? t("provenance.unknown")
        : null;
  return (
    <div className={classes.value}>
      <dt>{name}</dt>
      <dd>
        <span className={classes.words}>
          <span className={value.known === "yes" ? "selectable" : value.known} dir="auto">
            {text}
          </span>
          {from && (
            <span className={classes.from} title={value.at === null ? undefined : format.moment(value.at)}>
              {from}
            </span>
          )}
        </span>
        {value.known === "yes" && <CopyButton value={words.copy(value)} name={name} />}
      </dd>
    </div>
  );
}

function OrganizationCard({ organization }: { organization: OrganizationRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind } = organization;
  return (
    <section className={classes.card} aria-label={t("columns.organization")}>
      <h3>
        <IconBuilding size={16} stroke={1.7} aria-hidden />
        <span className="selectable" dir="auto">
          {organization.name}
        </span>
      </h3>
      <p className={classes.kind}>
        {kind.known === "yes"
          ? t(`kinds.${kind.text}`, { defaultValue: kind.text })
          : t(`value.${kind.known}`)}
        {organization.people !== null &&
          ` · ${t("people.count", { count: organization.people, n: format.number(organization.people) })}`}
      </p>
      <dl className={classes.identifiers}>
        {organization.identifiers.map(({ kind: identifier, value }) => (
          <div key={identifier}>
            <dt>{t(`identifiers.${identifier}`)}</dt>
            <dd>
              {value.known === "yes" ? (
                <>
                  <span className="selectable num">{value.text}</span>
                  <CopyButton value={value.text} name={t(`identifiers.${identifier}`)} />
                </>
              ) : (
                <span className={value.known}>{t(`value.${value.known}`)}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
