// What a plan says of itself: how much it is, how long it takes, who made it on what, and its seal.
import { IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { PlanSummary } from "../../generated/types";
import { useFormat } from "../format/useFormat";
import { CopyButton } from "../states/CopyButton";
import classes from "./PlanFacts.module.css";

/** So much of a seal tells plans apart by eye. */
const SHORT_SEAL = 12;

/** Shorter than this, how long it takes depends on the network more than on the rate limit. */
const A_MINUTE = 60;

/** How long something takes, as a person plans with it. */
export function useTimeWords() {
  const { t } = useTranslation();
  const format = useFormat();
  return (seconds: number) =>
    seconds < A_MINUTE ? t("plans.facts.quick") : t("plans.facts.time", { time: format.duration(seconds) });
}

/** The server that a plan is for; the practice directory has none. */
export const hostWords = (host: string, t: TFunction) =>
  host === "practice" ? t("plans.facts.practice") : host;

export function PlanFacts({ plan }: { plan: PlanSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const n = format.number;
  const time = useTimeWords();
  const role = plan.role && t(`roles.${plan.role}`, { defaultValue: plan.role });
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t("plans.facts.size")}</dt>
        <dd>
          {t("plans.facts.steps", { count: plan.steps, n: n(plan.steps) })} ·{" "}
          {t("plans.facts.requests", { count: plan.requests, n: n(plan.requests) })} · {time(plan.seconds)}
        </dd>
      </div>
      <div>
        <dt>{t("plans.facts.made")}</dt>
        <dd>
          {t("plans.facts.made_by", { when: format.moment(plan.made_at), who: plan.made_by })}
          {" · "}
          {plan.base_sync === null
            ? t("plans.facts.no_sync")
            : t("plans.facts.sync", { n: n(plan.base_sync) })}
        </dd>
      </div>
      <div>
        <dt>{t("plans.facts.sent")}</dt>
        <dd className="selectable">
          {t("plans.facts.by_key", { host: hostWords(plan.host, t), key: plan.key_id })}
          {" · "}
          {role ?? t("plans.facts.role_unknown")}
        </dd>
      </div>
      <div>
        <dt>{t("plans.facts.seal")}</dt>
        <dd className={classes.seal} data-broken={!plan.is_whole || undefined}>
          {plan.is_whole ? (
            <IconShieldCheck size={16} stroke={1.8} aria-hidden />
          ) : (
            <IconShieldX size={16} stroke={1.8} aria-hidden />
          )}
          <code className="selectable" title={plan.seal}>
            {plan.seal.slice(0, SHORT_SEAL)}
          </code>
          <span>{plan.is_whole ? t("plans.facts.whole") : t("plans.facts.broken")}</span>
          <CopyButton value={plan.seal} name={t("plans.facts.seal")} />
        </dd>
      </div>
    </dl>
  );
}
