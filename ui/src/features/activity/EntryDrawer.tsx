// One entry with everything that was noted.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ActivityEntry } from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import { SidePanel } from "../../shared/panel/SidePanel";
import { CopyButton } from "../../shared/states/CopyButton";
import classes from "./EntryDrawer.module.css";
import { OutcomeMark } from "./EntryList";
import { grouped } from "./view";
import { detailsOf, useEntryWords } from "./words";

type Props = {
  entry: ActivityEntry;
  /** Whether the record holds up to it; null: it holds altogether, or nobody looked yet. */
  proven: boolean | null;
  onClose: () => void;
};

export function EntryDrawer({ entry, proven, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useEntryWords();
  const details = detailsOf(entry);
  const { target } = entry;
  const name = target.name ?? words.calledNow(target);
  return (
    <SidePanel
      label={t("activity.entry", { no: format.number(entry.no) })}
      title={words.what(entry)}
      sub={<OutcomeMark entry={entry} words={words} />}
      onClose={onClose}
    >
      {proven === false && (
        <p className={classes.unproven} role="note">
          {t("activity.unproven")}
        </p>
      )}
      <dl className={classes.values}>
        <Value name={t("activity.number")}>{format.number(entry.no)}</Value>
        <Value name={t("activity.when")}>{format.momentExact(entry.at / 1000)}</Value>
        <Value name={t("activity.account")} copy={entry.account}>
          {entry.account}
        </Value>
        {entry.key_id !== null && (
          <Value name={t("activity.key")} copy={String(entry.key_id)}>
            {entry.key_id}
          </Value>
        )}
        <Value name={words.targetKind(target)} copy={name ?? target.id ?? undefined}>
          {name ?? target.id ?? <span className="none">{t("value.none")}</span>}
        </Value>
        {name && target.id && (
          <Value name={t("activity.target_id")} copy={target.id}>
            <code>{target.id}</code>
          </Value>
        )}
        <Value name={t("activity.request_id")} copy={entry.request_id ?? undefined}>
          {entry.request_id ? (
            <code>{entry.request_id}</code>
          ) : (
            <span className="none">{t("value.none")}</span>
          )}
        </Value>
      </dl>
      {details.length > 0 && (
        <>
          <h3 className={classes.heading}>{t("activity.answer")}</h3>
          <dl className={classes.values}>
            {details.map(([key, value]) => (
              <Value
                key={key}
                name={words.detailName(key)}
                copy={typeof value === "string" ? value : undefined}
              >
                {words.detailText(key, value)}
              </Value>
            ))}
          </dl>
        </>
      )}
      <h3 className={classes.heading}>{t("activity.chain")}</h3>
      <dl className={classes.values}>
        <Hash name={t("activity.hash")} hash={entry.hash} />
        <Hash name={t("activity.previous")} hash={entry.previous} none={entry.no === 1} />
      </dl>
    </SidePanel>
  );
}

function Value({ name, copy, children }: { name: string; copy?: string; children: ReactNode }) {
  return (
    <div className={classes.value}>
      <dt>{name}</dt>
      <dd>
        <span className={`${classes.words} selectable`} dir="auto">
          {children}
        </span>
        {copy !== undefined && <CopyButton value={copy} name={name} />}
      </dd>
    </div>
  );
}

function Hash({ name, hash, none = false }: { name: string; hash: string; none?: boolean }) {
  const { t } = useTranslation();
  if (none)
    return (
      <Value name={name}>
        <span className="none">{t("activity.first_entry")}</span>
      </Value>
    );
  return (
    <Value name={name} copy={hash}>
      <code className={classes.hash}>{grouped(hash)}</code>
    </Value>
  );
}
