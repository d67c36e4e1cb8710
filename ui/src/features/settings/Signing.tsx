// Who signs here: the fingerprint that colleagues compare, and another key in its place.
import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useAct } from "../../shared/errors/notify";
import { useFormat } from "../../shared/format/useFormat";
import { queryClient } from "../../shared/reads/client";
import { keys } from "../../shared/reads/keys";
import { CopyButton } from "../../shared/states/CopyButton";
import { Fingerprint } from "../../shared/states/Fingerprint";
import { Group, Line } from "./Group";
import classes from "./SettingsPlace.module.css";

export function Signing() {
  const { t } = useTranslation();
  const format = useFormat();
  const act = useAct();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const identity = useQuery({
    queryKey: keys.signing,
    queryFn: () => call("signing_identity", { create: false, renew: false }),
  });
  const renew = async () => {
    setBusy(true);
    const made = await act(async () =>
      queryClient.setQueryData(keys.signing, await call("signing_identity", { create: true, renew: true })),
    );
    setBusy(false);
    if (made) setAsking(false);
  };
  const own = identity.data ?? null;
  return (
    <Group title={t("signing.title")}>
      {identity.isError ? (
        <ErrorBanner error={toApiError(identity.error)} remedies={{ try_again: identity.refetch }} />
      ) : own ? (
        <>
          <Line
            name={t("signing.fingerprint")}
            hint={t("signing.fingerprint_hint", { date: format.date(own.made_at) })}
          >
            <Fingerprint of={own.fingerprint} />
            <CopyButton value={own.fingerprint} name={t("signing.fingerprint")} />
          </Line>
          <div className={classes.buttons}>
            <Button variant="default" onClick={() => setAsking(true)}>
              {t("signing.renew")}
            </Button>
          </div>
        </>
      ) : (
        <Line name={t("signing.fingerprint")} hint={t("signing.none_hint")}>
          <span className="none">{identity.isPending ? t("loading") : t("signing.none")}</span>
        </Line>
      )}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("signing.renew_title")}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <p>{t("signing.renew_text")}</p>
        <div className={classes.decide}>
          <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
            {t("cancel")}
          </Button>
          <Button loading={busy} onClick={renew}>
            {t("remedies.new_signing_key")}
          </Button>
        </div>
      </Modal>
    </Group>
  );
}
