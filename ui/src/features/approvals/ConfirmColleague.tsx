// Two people compare a fingerprint over another channel; then the key has a name, and counts.
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Signatory } from "../../generated/types";
import { call } from "../../host";
import { useAct } from "../../shared/errors/notify";
import { Fingerprint } from "../../shared/states/Fingerprint";
import forms from "../connections/Forms.module.css";

export function ConfirmColleague({ signer, onDone }: { signer: Signatory; onDone: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    const wanted = { public_key: signer.public_key, name: name.trim() };
    const confirmed = await act(() => call("colleague_confirm", wanted));
    setBusy(false);
    if (confirmed) onDone();
  };
  return (
    <form
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") confirm();
      }}
    >
      <p className={forms.text}>{t("approvals.confirm_text")}</p>
      <Fingerprint of={signer.fingerprint} />
      <TextInput
        label={t("approvals.confirm_name")}
        description={t("approvals.account", { account: signer.account })}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        autoComplete="off"
        data-autofocus
      />
      <div className={forms.buttons}>
        <span className={forms.gap} />
        <Button variant="default" onClick={onDone}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={busy} disabled={name.trim() === ""}>
          {t("approvals.confirm")}
        </Button>
      </div>
    </form>
  );
}
