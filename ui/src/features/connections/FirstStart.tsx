// The first start: try the practice directory, or connect.
import { Button, UnstyledButton } from "@mantine/core";
import { IconArrowLeft, IconPlugConnected, IconSchool } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError } from "../../generated/types";
import { toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { ConnectForm } from "./ConnectForm";
import classes from "./FirstStart.module.css";
import { openPractice } from "./practice";

export function FirstStart({ onOpened }: { onOpened: (connection: string) => void }) {
  const { t } = useTranslation();
  const [connecting, setConnecting] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  // Back from the form one stands where one came from.
  const connectChoice = useRef<HTMLButtonElement>(null);
  const cameBack = useRef(false);
  useEffect(() => {
    if (connecting) cameBack.current = true;
    else if (cameBack.current) connectChoice.current?.focus();
  }, [connecting]);
  const practice = async () => {
    setBusy(true);
    setError(null);
    try {
      onOpened(await openPractice());
    } catch (refusal) {
      setError(toApiError(refusal));
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className={classes.screen}>
      <div className={classes.column}>
        <header className={classes.head}>
          <img src="/icon.svg" alt="" width={52} height={52} />
          <h1>{connecting ? t("connect.title") : t("first.title")}</h1>
          <p>{connecting ? t("connect.text") : t("first.text")}</p>
        </header>
        {connecting ? (
          <div className={classes.panel}>
            <Button
              variant="subtle"
              size="xs"
              leftSection={<IconArrowLeft size={14} />}
              onClick={() => setConnecting(false)}
              className={classes.back}
            >
              {t("back")}
            </Button>
            <ConnectForm onConnected={onOpened} />
          </div>
        ) : (
          <div className={classes.choices}>
            <UnstyledButton
              className={classes.choice}
              onClick={practice}
              disabled={busy}
              aria-busy={busy}
              data-first
            >
              <IconSchool size={26} stroke={1.6} aria-hidden />
              <strong>{busy ? t("first.practice_opening") : t("first.practice")}</strong>
              <span>{t("first.practice_text")}</span>
            </UnstyledButton>
            <UnstyledButton
              ref={connectChoice}
              className={classes.choice}
              onClick={() => setConnecting(true)}
              disabled={busy}
            >
              <IconPlugConnected size={26} stroke={1.6} aria-hidden />
              <strong>{t("first.connect")}</strong>
              <span>{t("first.connect_text")}</span>
            </UnstyledButton>
          </div>
        )}
        {error && <ErrorBanner error={error} remedies={{ try_again: practice }} />}
        {!connecting && <p className={classes.promise}>{t("first.promise")}</p>}
      </div>
    </main>
  );
}
