// Removing a connection: what will be deleted, and only after its name was typed.
import { Button, Skeleton, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, RemovalPreview } from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useAct } from "../../shared/errors/notify";
import { useFormat } from "../../shared/format/useFormat";
import { dropConnection } from "../../shared/reads/connections";
import { keys } from "../../shared/reads/keys";
import classes from "./Forms.module.css";

export function RemoveForm({
  connection,
  onDone,
}: {
  connection: Connection;
  onDone: (removed: boolean) => void;
}) {
  const { t } = useTranslation();
  const act = useAct();
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const preview = useQuery({
    queryKey: keys.removal(connection.id),
    queryFn: () => call("connection_removal", { connection: connection.id }),
    gcTime: 0,
  });
  const remove = async () => {
    setBusy(true);
    const removed = await act(() => call("connection_remove", { connection: connection.id }));
    setBusy(false);
    if (!removed) return;
    dropConnection(connection.id);
    onDone(true);
  };
  const sure = typed.trim() === connection.name.trim();
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (sure) remove();
      }}
    >
      <p className={classes.text}>{t("remove.text")}</p>
      {preview.isPending && <Skeleton height={96} radius="md" role="status" aria-label={t("loading")} />}
      {preview.isError && (
        <ErrorBanner error={toApiError(preview.error)} remedies={{ try_again: preview.refetch }} />
      )}
      {preview.data && <Losses preview={preview.data} />}
      <TextInput
        label={t("remove.type_name", { name: connection.name })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
      />
      <div className={classes.buttons}>
        <span className={classes.gap} />
        <Button variant="subtle" onClick={() => onDone(false)}>
          {t("cancel")}
        </Button>
        <Button type="submit" color="danger" disabled={!sure || !preview.data} loading={busy}>
          {t("remove.remove")}
        </Button>
      </div>
    </form>
  );
}

function Losses({ preview }: { preview: RemovalPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={classes.losses}>
      <strong>{t("remove.deleted")}</strong>
      <ul>
        <li>{t("remove.people", { count: preview.people, n: format.number(preview.people) })}</li>
        <li>
          {t("remove.organizations", {
            count: preview.organizations,
            n: format.number(preview.organizations),
          })}
        </li>
        <li>{t("remove.syncs", { count: preview.syncs, n: format.number(preview.syncs) })}</li>
        {preview.secret && <li>{t("remove.secret")}</li>}
      </ul>
      <ul className={classes.files} aria-label={t("remove.files")}>
        {preview.files.map((file) => (
          <li key={file.path}>
            {file.path} <span className="num">({format.bytes(file.bytes)})</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
