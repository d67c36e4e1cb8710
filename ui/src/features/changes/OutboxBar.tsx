// Says quietly that plans wait in the outbox and the network is there: they are made again and looked at before they go.
import { Button } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection } from "../../generated/types";
import { call } from "../../host";
import { useAct } from "../../shared/errors/notify";
import { useFormat } from "../../shared/format/useFormat";
import { isOffline, usePlans } from "../../shared/reads/plans";
import { showNotice } from "../../shared/states/notice";
import { noteMade } from "./made";
import classes from "./OutboxBar.module.css";
import { sectionsOf } from "./sections";

type Props = { connection: Connection; onOpen: (plan: string) => void };

export function OutboxBar({ connection, onOpen }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const plans = usePlans(connection.id).data ?? [];
  const { outbox } = sectionsOf(plans);
  const first = outbox[0];
  if (!first || isOffline(connection)) return null;

  const open = async () => {
    setBusy(true);
    await act(async () => {
      const made = await call("plan_again", { connection: connection.id, plan: first.id });
      noteMade(made, first.id);
      if (!made.plan && made.problems.length > 0)
        showNotice({ tone: "warn", title: first.title, message: t("plans.none_right") });
      else if (!made.plan) showNotice({ tone: "done", title: first.title, message: t("plans.none_made") });
      onOpen(made.plan?.id ?? first.id);
    });
    setBusy(false);
  };
  return (
    <div className={classes.bar} role="status">
      <IconInbox size={17} stroke={1.8} aria-hidden />
      <span className={classes.words}>
        {t("plans.outbox.wait", { count: outbox.length, n: format.number(outbox.length) })}
      </span>
      <Button size="compact-sm" variant="default" loading={busy} onClick={open}>
        {t("plans.outbox.look")}
      </Button>
    </div>
  );
}
