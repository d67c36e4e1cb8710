// What others have said of a plan, whether that is enough, and asking somebody.
import { Button } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconFileImport, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Connection, PlanApproval, PlanSummary } from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useFormat } from "../../shared/format/useFormat";
import { countOf } from "../../shared/reads/plans";
import classes from "./Approvals.module.css";
import { openApprovalDialog } from "./dialogs";
import { Signer } from "./Signer";
import { useAskSecondPerson } from "./useApprovalActs";

const OPEN = new Set<PlanSummary["state"]>(["made", "queued", "running", "paused"]);

export function Approvals({ connection, plan }: { connection: Connection; plan: PlanSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ask = useAskSecondPerson();
  const of = { connection: connection.id, plan: plan.id };
  const isOpen = OPEN.has(plan.state);
  const read = useQuery({
    queryKey: ["plans", connection.id, "approvals", plan.id],
    queryFn: () => call("plan_approvals", of),
  });
  const moved = useQuery({
    queryKey: ["plans", connection.id, "moved", plan.id],
    queryFn: () => call("plan_moved", of),
    enabled: isOpen,
  });
  if (read.isError)
    return <ErrorBanner error={toApiError(read.error)} remedies={{ try_again: () => read.refetch() }} />;
  const said = read.data;
  if (!said || (!isOpen && said.rows.length === 0)) return null;
  const count = moved.data?.moved ?? 0;
  const isBegun = countOf(plan, "waiting") < plan.steps;
  if (isBegun && !said.needed && said.rows.length === 0) return null;
  const standing = said.approved ? "enough" : said.needed ? "needed" : "free";
  return (
    <section className={classes.approvals} aria-label={t("approvals.label")}>
      <div className={classes.line}>
        <span className={classes.words} data-standing={standing}>
          {t(`approvals.standing.${standing}`)}
        </span>
        {isOpen && (
          <span className={classes.buttons}>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconUsers size={15} stroke={1.8} />}
              onClick={() => ask(connection, plan)}
            >
              {t("approvals.ask")}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconFileImport size={15} stroke={1.8} />}
              onClick={() => openApprovalDialog({ kind: "read", connection: connection.id })}
            >
              {t("approvals.read")}
            </Button>
          </span>
        )}
      </div>
      {count > 0 && (
        <p className={classes.moved}>{t("approvals.moved", { count, n: format.number(count) })}</p>
      )}
      {said.rows.length > 0 && (
        <ul className={classes.rows}>
          {said.rows.map((row) => (
            <Row key={`${row.signer.public_key} ${row.at} ${row.decision}`} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ row }: { row: PlanApproval }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Icon = row.decision === "approved" ? IconCircleCheck : IconCircleX;
  return (
    <li className={classes.row} data-decision={row.decision} data-outdated={row.is_outdated || undefined}>
      <Icon size={18} stroke={1.8} aria-hidden className={classes.icon} />
      <div className={classes.rowWords}>
        <span>
          <strong>{t(`approvals.said.${row.decision}`)}</strong>{" "}
          <span className={classes.quiet}>{format.date(row.at)}</span>{" "}
          {row.is_outdated && <span className={classes.quiet}>{t("approvals.outdated")}</span>}
        </span>
        {row.comment !== "" && (
          <q className={`${classes.said} selectable`} dir="auto">
            {row.comment}
          </q>
        )}
        <Signer signer={row.signer} compares={!row.is_outdated} />
      </div>
    </li>
  );
}
