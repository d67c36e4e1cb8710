// Testing a connection: one real request, and what it showed.
import { Button, Skeleton } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError, Connection, ConnectionReport } from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { queryClient } from "../../shared/reads/client";
import { keys } from "../../shared/reads/keys";
import { openConnectionDialog } from "./dialogs";
import classes from "./Forms.module.css";
import { ReportCard } from "./ReportCard";

export function TestReport({ connection, onDone }: { connection: Connection; onDone: () => void }) {
  const { t } = useTranslation();
  const [report, setReport] = useState<ConnectionReport | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const test = useCallback(async () => {
    setReport(null);
    setError(null);
    try {
      setReport(await call("connection_test", { connection: connection.id }));
    } catch (refusal) {
      setError(toApiError(refusal));
    }
    queryClient.invalidateQueries({ queryKey: keys.connections });
  }, [connection.id]);
  useEffect(() => {
    test();
  }, [test]);
  return (
    <div className={classes.form}>
      <p className={classes.text}>{t("test.text", { url: connection.base_url, id: connection.key_id })}</p>
      {!report && !error && <Skeleton height={96} radius="md" aria-label={t("loading")} role="status" />}
      {report && <ReportCard report={report} />}
      {error && (
        <ErrorBanner
          error={error}
          remedies={{
            try_again: test,
            new_secret: () => openConnectionDialog({ kind: "secret", connection: connection.id }),
          }}
        />
      )}
      <div className={classes.buttons}>
        <span className={classes.gap} />
        <Button variant="default" onClick={test} disabled={!report && !error}>
          {t("test.again")}
        </Button>
        <Button onClick={onDone}>{t("done")}</Button>
      </div>
    </div>
  );
}
