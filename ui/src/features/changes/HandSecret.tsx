// A secret that is in memory: copied for a moment, or kept as a connection of its own. It is never shown.
import { Button, TextInput } from "@mantine/core";
import { IconCopy, IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError, Connection } from "../../generated/types";
import { call, toApiError } from "../../host";
import { useActWords } from "../../shared/acts/useActWords";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import panel from "../../shared/plans/StepPanel.module.css";
import { isSent, type StepRow } from "../../shared/plans/steps";
import { putConnection } from "../../shared/reads/connections";
import { announce } from "../../shared/states/announce";
import classes from "./PlanDetail.module.css";

type Props = {
  connection: Connection;
  plan: string;
  row: StepRow;
  path: string;
  /** It is the secret of a key, with which a connection can be made. */
  keepable: boolean;
  /** It was made, and nobody has it yet. */
  untaken: boolean;
  /** It was handed over, as these words say. */
  onHanded: (words: string) => void;
};

/** What is said of a secret that is held. */
function aboutSecret(keepable: boolean, untaken: boolean, sent: boolean) {
  if (keepable) return "of_key";
  if (!untaken) return "of_password";
  return sent ? "of_sent" : "of_made";
}

export function HandSecret({ connection, plan, row, path, keepable, untaken, onHanded }: Props) {
  const { t } = useTranslation();
  const words = useActWords();
  const [refused, setRefused] = useState<{ error: ApiError; again: () => void } | null>(null);
  const [busy, setBusy] = useState(false);
  const [name, setName] = useState<string | null>(null);
  const sent = isSent(row.state);
  const of = { connection: connection.id, plan, step: row.step.no };
  const run = async (work: () => Promise<string>) => {
    if (busy) return;
    setBusy(true);
    setRefused(null);
    try {
      const done = await work();
      onHanded(done);
      announce(done);
    } catch (refusal) {
      setRefused({ error: toApiError(refusal), again: () => run(work) });
    }
    setBusy(false);
  };
  const copy = () =>
    run(async () => {
      const { seconds } = await call("step_secret_copy", { ...of, path });
      return keepable || sent
        ? t("plans.secret.copied_once", { seconds })
        : t("plans.secret.copied", { seconds });
    });
  const keep = () =>
    run(async () => {
      const kept = await call("step_secret_keep", { ...of, name: (name ?? "").trim() });
      putConnection(kept);
      return t("plans.secret.kept", { name: kept.name });
    });
  return (
    <section className={panel.section} aria-label={words.field(path)}>
      <h4>{words.field(path)}</h4>
      <p>{t(`plans.secret.${aboutSecret(keepable, untaken, sent)}`)}</p>
      <div className={classes.buttons}>
        <Button size="xs" variant="default" leftSection={<IconCopy size={15} />} onClick={copy}>
          {t("plans.secret.copy")}
        </Button>
        {keepable && name === null && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconKey size={15} />}
            onClick={() => setName(row.made?.name ?? "")}
          >
            {t("plans.secret.keep")}
          </Button>
        )}
      </div>
      {name !== null && (
        <form
          className={classes.inline}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== "") keep();
          }}
        >
          <TextInput
            size="xs"
            label={t("connect.name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoFocus
          />
          <Button size="xs" type="submit" loading={busy} disabled={name.trim() === ""}>
            {t("save")}
          </Button>
        </form>
      )}
      {refused && <ErrorBanner error={refused.error} remedies={{ try_again: refused.again }} />}
    </section>
  );
}
