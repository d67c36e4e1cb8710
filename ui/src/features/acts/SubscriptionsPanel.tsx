// What runs for organizations, as the vendor says now, with their keys. The secrets of the keys never get here:
// they are dropped where the answer is read.
import { Button, Skeleton } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SubscribedOrganization } from "../../generated/types";
import { call, toApiError } from "../../host";
import { typeName } from "../../shared/acts/subscriptionTypes";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useFormat } from "../../shared/format/useFormat";
import classes from "./Acts.module.css";
import { EnabledBadge } from "./KeysPanel";

type Props = { connection: string; organizations: Array<{ id: number; name: string }> };

export function SubscriptionsPanel({ connection, organizations }: Props) {
  const { t } = useTranslation();
  const ids = organizations.map(({ id }) => id);
  const found = useQuery({
    queryKey: ["acts", connection, "subscriptions", ids] as const,
    queryFn: () => call("subscriptions_check", { connection, organizations: ids }),
    gcTime: 0,
  });
  return (
    <div className={classes.form}>
      <p className={classes.quiet}>{t("acts.subscriptions.text")}</p>
      {found.isPending && <Skeleton height={96} radius="md" role="status" aria-label={t("loading")} />}
      {found.isError && (
        <ErrorBanner error={toApiError(found.error)} remedies={{ try_again: found.refetch }} />
      )}
      {found.data &&
        organizations.map(({ id, name }) => (
          <Organization
            key={id}
            name={name}
            found={found.data.find(({ organization }) => organization === id) ?? null}
          />
        ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          loading={found.isFetching}
          onClick={() => found.refetch()}
        >
          {t("acts.subscriptions.again")}
        </Button>
      </div>
    </div>
  );
}

function Organization({ name, found }: { name: string; found: SubscribedOrganization | null }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return (
    <section className={classes.group}>
      <h3 dir="auto">{name}</h3>
      {found === null ? (
        <p className={classes.quiet}>{t("acts.subscriptions.not_told")}</p>
      ) : (
        <>
          <h4>{t("acts.subscriptions.running")}</h4>
          {found.subscriptions.length === 0 && (
            <p className={classes.quiet}>{t("acts.subscriptions.none")}</p>
          )}
          <ul className={classes.list}>
            {found.subscriptions.map(({ kind, names, start, end }) => (
              <li key={`${kind} ${start}`}>
                <span className={classes.item}>
                  <strong dir="auto">{typeName({ names, id: kind }, i18n.language)}</strong>
                  <span className={classes.quiet}>
                    {t("acts.subscriptions.from_to", {
                      from: start === null ? t("value.unknown") : format.date(start),
                      to: end === null ? t("value.unknown") : format.date(end),
                    })}
                  </span>
                </span>
              </li>
            ))}
          </ul>
          <h4>{t("acts.subscriptions.keys")}</h4>
          {found.api_keys.length === 0 && <p className={classes.quiet}>{t("acts.keys.none")}</p>}
          <ul className={classes.list}>
            {found.api_keys.map((key) => (
              <li key={key.id}>
                <span className={classes.item}>
                  <strong dir="auto">{key.name ?? t("acts.keys.unnamed", { id: key.id })}</strong>
                  <span className={`${classes.quiet} num`}>{key.id}</span>
                </span>
                <EnabledBadge enabled={key.enabled} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
