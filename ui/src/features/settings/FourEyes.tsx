// Whether plans need a second person, and whose keys were compared.
import { Button, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Connection } from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useAct } from "../../shared/errors/notify";
import { useFormat } from "../../shared/format/useFormat";
import { useConnections } from "../../shared/reads/app";
import { Fingerprint } from "../../shared/states/Fingerprint";
import { Group, Line } from "./Group";

export function FourEyes() {
  const { t } = useTranslation();
  const format = useFormat();
  const act = useAct();
  const connections = useConnections();
  const colleagues = useQuery({
    queryKey: ["settings", "colleagues"],
    queryFn: () => call("colleagues_list", null),
  });
  return (
    <Group title={t("approvals.settings.title")}>
      {connections.map((connection) => (
        <SecondPerson key={connection.id} connection={connection} />
      ))}
      {colleagues.isError && (
        <ErrorBanner
          error={toApiError(colleagues.error)}
          remedies={{ try_again: () => colleagues.refetch() }}
        />
      )}
      {colleagues.data?.length === 0 && (
        <Line name={t("approvals.settings.colleagues")} hint={t("approvals.settings.colleagues_hint")}>
          <span className="none">{t("approvals.settings.nobody")}</span>
        </Line>
      )}
      {colleagues.data?.map(({ name, fingerprint, public_key, confirmed_at }) => (
        <Line
          key={public_key}
          name={name}
          hint={t("approvals.settings.compared", { date: format.date(confirmed_at) })}
        >
          <Fingerprint of={fingerprint} />
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t("approvals.settings.forget_key", { name })}
            onClick={() => act(() => call("colleague_forget", { public_key }))}
          >
            {t("approvals.settings.forget")}
          </Button>
        </Line>
      ))}
    </Group>
  );
}

function SecondPerson({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const act = useAct();
  const read = useQuery({
    queryKey: ["settings", "second_person", connection.id],
    queryFn: () => call("second_person_get", { connection: connection.id }),
  });
  const set = (needed: boolean) =>
    act(() => call("second_person_set", { connection: connection.id, needed }));
  return (
    <Line name={connection.name} hint={t("approvals.settings.needed_hint")}>
      {read.isError && (
        <ErrorBanner error={toApiError(read.error)} remedies={{ try_again: () => read.refetch() }} />
      )}
      <Switch
        checked={read.data?.needed ?? false}
        disabled={!read.data}
        label={t("approvals.settings.needed")}
        onChange={(event) => set(event.currentTarget.checked)}
      />
    </Line>
  );
}
