// A new secret for a key that the vendor refused, or that was renewed.
import { Button, PasswordInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError, Connection, ConnectionReport } from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { queryClient } from "../../shared/reads/client";
import { keys } from "../../shared/reads/keys";
import { startSync } from "../../shared/reads/sync";
import classes from "./Forms.module.css";
import { ReportCard } from "./ReportCard";

export function SecretForm({ connection, onDone }: { connection: Connection; onDone: () => void }) {
  const { t } = useTranslation();
  // Uncontrolled: the secret is in its field and nowhere else in the UI.
  const secret = useRef<HTMLInputElement>(null);
  const [hasSecret, setHasSecret] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [report, setReport] = useState<ConnectionReport | null>(null);
  // The field is gone then: Enter presses what is left.
  const main = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (report && !busy) main.current?.focus();
  }, [report, busy]);
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      setReport(
        await call("connection_replace_secret", {
          connection: connection.id,
          secret: secret.current?.value.trim() ?? "",
        }),
      );
      if (secret.current) secret.current.value = "";
      queryClient.invalidateQueries({ queryKey: keys.connections });
      queryClient.invalidateQueries({ queryKey: ["live", connection.id] });
      // A sync that the old secret made fail is done again; it tells about its own troubles in the frame.
      startSync(connection.id).catch(() => undefined);
    } catch (refusal) {
      setError(toApiError(refusal));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (report) onDone();
        else save();
      }}
    >
      {report ? (
        <>
          <p className={classes.text}>{t("secret.saved")}</p>
          <ReportCard report={report} />
        </>
      ) : (
        <>
          <p className={classes.text}>{t("secret.text", { id: connection.key_id })}</p>
          <PasswordInput
            ref={secret}
            label={t("connect.secret")}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            visibilityToggleButtonProps={{ "aria-label": t("connect.show_secret"), tabIndex: 0 }}
            onChange={(event) => setHasSecret(event.currentTarget.value.trim() !== "")}
          />
        </>
      )}
      {error && (
        <ErrorBanner
          error={error}
          remedies={{ try_again: save, new_secret: () => secret.current?.focus() }}
        />
      )}
      <div className={classes.buttons}>
        <span className={classes.gap} />
        {!report && (
          <Button variant="subtle" onClick={onDone}>
            {t("cancel")}
          </Button>
        )}
        <Button ref={main} type="submit" disabled={!report && !hasSecret} loading={busy}>
          {report ? t("done") : t("secret.save")}
        </Button>
      </div>
    </form>
  );
}
