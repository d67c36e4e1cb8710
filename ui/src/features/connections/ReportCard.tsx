// What a real request with a key has shown: who it seems to be and what it may see.
import { IconCheck, IconMinus, IconQuestionMark, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Access, ConnectionReport, RoleAction } from "../../generated/types";
import { useErrorWords } from "../../shared/errors/useErrorWords";
import { useFormat } from "../../shared/format/useFormat";
import classes from "./ReportCard.module.css";

const VERDICT_ICONS = { allow: IconCheck, deny: IconX, contested: IconQuestionMark };

export function ReportCard({ report }: { report: ConnectionReport }) {
  const { t } = useTranslation();
  return (
    <section className={classes.card} aria-label={t("report.label")} aria-live="polite">
      <dl className={classes.facts}>
        <Seen what={t("places.people")} access={report.people} />
        <Seen what={t("places.organizations")} access={report.organizations} />
      </dl>
      <div className={classes.roles}>
        <h2 className={classes.heading}>{t("report.who", { count: report.roles.length })}</h2>
        {report.roles.length === 0 && <p className={classes.quiet}>{t("report.nobody")}</p>}
        {report.roles.map((role, index) => (
          <details key={role.role} className={classes.role} open={report.roles.length === 1 && index === 0}>
            <summary>
              <strong>{role.name}</strong>{" "}
              <span className={classes.quiet}>{t(`report.reasons.${role.reason}`)}</span>
            </summary>
            <ul className={classes.actions} aria-label={t("report.may", { role: role.name })}>
              {role.may.map((action) => (
                <Action key={`${action.action} ${action.scope} ${action.verdict}`} action={action} />
              ))}
            </ul>
          </details>
        ))}
      </div>
    </section>
  );
}

function Seen({ what, access }: { what: string; access: Access }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useErrorWords();
  return (
    <div className={classes.fact}>
      <dt>{what}</dt>
      <dd>
        {access.allowed ? (
          <>
            <IconCheck size={15} className={classes.yes} aria-hidden />
            {t("report.sees", { total: format.number(access.total) })}
          </>
        ) : (
          <>
            <IconMinus size={15} className={classes.no} aria-hidden />
            <span>{words(access.error).title}</span>
          </>
        )}
      </dd>
    </div>
  );
}

function Action({ action }: { action: RoleAction }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Icon = VERDICT_ICONS[action.verdict];
  return (
    <li className={classes.action} data-verdict={action.verdict}>
      <Icon size={14} aria-hidden />
      <code>{action.action}</code>
      <span className="sr-only">{t(`report.verdicts.${action.verdict}`)}</span>
      {action.limit !== null && (
        <span className={classes.quiet}>{t("report.limit", { n: format.number(action.limit) })}</span>
      )}
      {action.note && <span className={classes.quiet}>{action.note}</span>}
    </li>
  );
}
