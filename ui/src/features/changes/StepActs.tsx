// What may be done about one step: its secrets are copied, kept or given again, the vendor is asked by hand.
import { useState } from "react";
import type { Connection, PlanSummary } from "../../generated/types";
import { useActWords } from "../../shared/acts/useActWords";
import panel from "../../shared/plans/StepPanel.module.css";
import type { StepRow } from "../../shared/plans/steps";
import { GiveSecret } from "./GiveSecret";
import { HandSecret } from "./HandSecret";
import { VendorRequest } from "./VendorRequest";

type Props = { connection: Connection; plan: PlanSummary; row: StepRow };

/** Under this name the secret of a key that the vendor has made is held. */
const SECRET = "secret";

export function StepActs({ connection, plan, row }: Props) {
  const words = useActWords();
  const { step, held, state } = row;
  // The secret of a key is forgotten once it was handed over; that it was, is still said.
  const [handed, setHanded] = useState<Record<string, string>>({});
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
          untaken={row.untaken.includes(path)}
          onHanded={(said) => setHanded((now) => ({ ...now, [path]: said }))}
        />
      ))}
      {Object.entries(handed).map(([path, said]) => (
        <section key={`said ${path}`} className={panel.section} aria-label={words.field(path)}>
          {!held.includes(path) && <h4>{words.field(path)}</h4>}
          <p>{said}</p>
        </section>
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
