// A password that was not kept, given again: typed, or a strong one is made.
import { Button, PasswordInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError } from "../../generated/types";
import { call, toApiError } from "../../host";
import { useActWords } from "../../shared/acts/useActWords";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import panel from "../../shared/plans/StepPanel.module.css";
import type { StepRow } from "../../shared/plans/steps";
import classes from "./PlanDetail.module.css";

type Props = { connection: string; plan: string; row: StepRow; path: string };

export function GiveSecret({ connection, plan, row, path }: Props) {
  const { t } = useTranslation();
  const words = useActWords();
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const give = async (secret: string | null) => {
    setBusy(true);
    setError(null);
    try {
      const of = { connection, plan, step: row.step.no };
      await call("step_secret_give", { ...of, path, secret });
      // What was refused for want of it waits again.
      if (row.state === "rejected") await call("plan_retry", { connection, plan, steps: [row.step.no] });
      setTyped("");
    } catch (refusal) {
      setError(toApiError(refusal));
    }
    setBusy(false);
  };
  const wrong = error?.code === "invalid" ? error.details.violations?.[0]?.message : undefined;
  return (
    <section className={panel.section} aria-label={words.field(path)}>
      <h4>{words.field(path)}</h4>
      <p>{t("plans.secret.give")}</p>
      <form
        className={classes.inline}
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== "" && !busy) give(typed);
        }}
      >
        <PasswordInput
          size="xs"
          label={words.field(path)}
          value={typed}
          error={wrong}
          autoComplete="new-password"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" loading={busy} disabled={typed === ""}>
          {t("plans.secret.use")}
        </Button>
        <Button size="xs" variant="default" disabled={busy} onClick={() => give(null)}>
          {t("plans.secret.strong")}
        </Button>
      </form>
      {error && !wrong && <ErrorBanner error={error} remedies={{}} />}
    </section>
  );
}
