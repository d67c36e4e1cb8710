// What may be done about one step: its secrets are copied, kept or given again, the vendor is asked by hand.
import type { Connection, PlanSummary } from "../../generated/types";
import type { StepRow } from "../../shared/plans/steps";
import { GiveSecret } from "./GiveSecret";
import { HandSecret } from "./HandSecret";
import { VendorRequest } from "./VendorRequest";

type Props = { connection: Connection; plan: PlanSummary; row: StepRow };

/** Under this name the secret of a key that the vendor has made is held. */
const SECRET = "secret";

export function StepActs({ connection, plan, row }: Props) {
  const { step, held, state } = row;
  const missing = step.secrets.filter((path) => !held.includes(path));
  const waits = state === "waiting" || state === "rejected";
  const open =
    plan.state === "made" || plan.state === "queued" || plan.state === "paused" || plan.state === "ended";
  return (
    <>
      {held.map((path) => (
        <HandSecret
          key={`${step.no} ${path}`}
          connection={connection}
          plan={plan.id}
          row={row}
          path={path}
          keepable={path === SECRET}
        />
      ))}
      {waits &&
        open &&
        missing.map((path) => (
          <GiveSecret
            key={`${step.no} ${path}`}
            connection={connection.id}
            plan={plan.id}
            row={row}
            path={path}
          />
        ))}
      {(row.reason === "no_endpoint" || row.asked_at !== null) && (
        <VendorRequest connection={connection} plan={plan.id} row={row} />
      )}
    </>
  );
}
