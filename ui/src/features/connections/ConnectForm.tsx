// Connecting to Medipim: who the key is, shown before anything is saved.
import { Button, Collapse, PasswordInput, Select, TextInput, UnstyledButton } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconChevronRight } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError, ConnectionDraft, ConnectionReport, Platform } from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { putConnection } from "../../shared/reads/connections";
import { startSync } from "../../shared/reads/sync";
import classes from "./Forms.module.css";
import { ReportCard } from "./ReportCard";

const PLATFORMS: readonly Platform[] = ["be", "fr", "de", "au"];
/** Addresses of the vendor [V]. */
const ADDRESSES: Record<Platform, string> = {
  be: "https://api.medipim.be",
  fr: "https://api.medipim.fr",
  de: "https://api.medipim.de",
  au: "https://api.au.medipim.com",
};

type Props = { onConnected: (connection: string) => void; onCancel?: () => void };

export function ConnectForm({ onConnected, onCancel }: Props) {
  const { t } = useTranslation();
  // Uncontrolled: the secret is in its field and nowhere else in the UI.
  const secret = useRef<HTMLInputElement>(null);
  const [hasSecret, setHasSecret] = useState(false);
  const [advanced, setAdvanced] = useState(false);
  const [busy, setBusy] = useState<"testing" | "connecting" | null>(null);
  const [report, setReport] = useState<ConnectionReport | null>(null);
  const [error, setError] = useState<{ of: ApiError; again: () => void } | null>(null);
  // What was tested is what is saved: a report of other values than the typed ones counts for nothing.
  const typed = useRef(0);
  const onTyped = () => {
    typed.current += 1;
    setReport(null);
  };
  const form = useForm({
    initialValues: { platform: "be" as Platform, name: "", keyId: "", baseUrl: "" },
    validate: {
      name: (name) => (name.trim() === "" ? t("connect.name_missing") : null),
      keyId: (id) => (/^[1-9]\d{0,15}$/.test(id.trim()) ? null : t("connect.key_id_wrong")),
    },
    onValuesChange: onTyped,
  });
  // On the first start there is no dialog that would put the focus here.
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => name.current?.focus(), []);
  useEffect(() => {
    const field = secret.current;
    return () => {
      if (field) field.value = "";
    };
  }, []);

  const draft = (): ConnectionDraft => ({
    vendor: "medipim",
    platform: form.values.platform,
    name: form.values.name.trim(),
    base_url: form.values.baseUrl.trim() || null,
    key_id: Number(form.values.keyId.trim()),
    secret: secret.current?.value.trim() ?? "",
  });

  const run = async (what: "testing" | "connecting", act: () => Promise<void>, again: () => void) => {
    if (busy || form.validate().hasErrors) return;
    setBusy(what);
    setError(null);
    try {
      await act();
    } catch (refusal) {
      setError({ of: toApiError(refusal), again });
    } finally {
      setBusy(null);
    }
  };

  const ask = async (values: ConnectionDraft) => {
    const asked = typed.current;
    const shown = await call("connection_try", values);
    if (asked === typed.current) setReport(shown);
  };
  const test = () => run("testing", () => ask(draft()), test);
  // The vendor is asked before anything is kept, unless it has just answered for these values.
  const connect = () =>
    run(
      "connecting",
      async () => {
        const values = draft();
        if (!report) await ask(values);
        const connection = await call("connection_add", values);
        if (secret.current) secret.current.value = "";
        putConnection(connection);
        // The first sync tells about its own troubles in the frame.
        startSync(connection.id).catch(() => undefined);
        onConnected(connection.id);
      },
      connect,
    );

  const ready = hasSecret && busy === null;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        connect();
      }}
    >
      <div className={classes.pair}>
        <Select
          label={t("connect.platform")}
          data={PLATFORMS.map((platform) => ({ value: platform, label: t(`platforms.${platform}`) }))}
          allowDeselect={false}
          {...form.getInputProps("platform")}
        />
        <TextInput
          ref={name}
          label={t("connect.name")}
          placeholder={t("connect.name_example")}
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("name")}
        />
      </div>
      <div className={classes.pair}>
        <TextInput
          label={t("connect.key_id")}
          inputMode="numeric"
          autoComplete="off"
          classNames={{ input: "num" }}
          {...form.getInputProps("keyId")}
        />
        <PasswordInput
          ref={secret}
          label={t("connect.secret")}
          autoComplete="off"
          spellCheck={false}
          visibilityToggleButtonProps={{ "aria-label": t("connect.show_secret"), tabIndex: 0 }}
          onChange={(event) => {
            setHasSecret(event.currentTarget.value.trim() !== "");
            onTyped();
          }}
        />
      </div>
      <p className={classes.note}>{t("connect.secret_note")}</p>
      <div>
        <UnstyledButton
          className={classes.more}
          onClick={() => setAdvanced(!advanced)}
          aria-expanded={advanced}
        >
          <IconChevronRight
            size={14}
            className={classes.chevron}
            data-open={advanced || undefined}
            aria-hidden
          />
          {t("connect.advanced")}
        </UnstyledButton>
        <Collapse expanded={advanced}>
          <TextInput
            mt="xs"
            label={t("connect.base_url")}
            description={t("connect.base_url_hint")}
            placeholder={ADDRESSES[form.values.platform]}
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps("baseUrl")}
          />
        </Collapse>
      </div>
      {error && (
        <ErrorBanner
          error={error.of}
          body={error.of.code === "keyring_locked" ? t("connect.keyring_locked") : undefined}
          remedies={{
            try_again: error.again,
            new_secret: () => secret.current?.focus(),
            edit: () => setAdvanced(true),
          }}
        />
      )}
      {report && <ReportCard report={report} />}
      <div className={classes.buttons}>
        {onCancel && (
          <Button variant="subtle" onClick={onCancel}>
            {t("cancel")}
          </Button>
        )}
        <span className={classes.gap} />
        <Button variant="default" onClick={test} disabled={!ready} loading={busy === "testing"}>
          {t("connect.test")}
        </Button>
        <Button type="submit" disabled={!ready} loading={busy === "connecting"}>
          {t("connect.connect")}
        </Button>
      </div>
    </form>
  );
}
