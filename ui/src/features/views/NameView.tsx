// Gives a view a name, new or other; deletes one.
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { View } from "../../generated/types";
import { useAct } from "../../shared/errors/notify";
import { announce } from "../../shared/states/announce";
import forms from "../connections/Forms.module.css";
import { deleteView, isTaken, saveView, shownNow, useViews } from "./views";

type Props = {
  connection: string;
  /** The view that gets the name; null: a new one. */
  id: string | null;
  name: string;
  onDone: () => void;
};

export function NameView({ connection, id, name: before, onDone }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const views = useViews(connection);
  const [name, setName] = useState(before);
  const [busy, setBusy] = useState(false);
  const taken = isTaken(views, name, id);
  const save = async () => {
    setBusy(true);
    const saved = await act(async () => {
      // A view that only gets another name keeps what it shows, also what cannot be read of it.
      const state = id === null ? await shownNow(connection) : null;
      await saveView({ connection, id, name: name.trim(), state, discard: false });
    });
    setBusy(false);
    if (!saved) return;
    announce(t("views.saved", { name: name.trim() }));
    onDone();
  };
  return (
    <form
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!taken && name.trim() !== "") save();
      }}
    >
      <TextInput
        label={t("views.name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={taken ? t("views.name_taken") : null}
        maxLength={80}
        data-autofocus
      />
      {id === null && <p className={forms.note}>{t("views.keeps")}</p>}
      <div className={forms.buttons}>
        <span className={forms.gap} />
        <Button variant="subtle" onClick={onDone}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={busy} disabled={name.trim() === "" || taken}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

export function DeleteView({
  connection,
  view,
  onDone,
}: {
  connection: string;
  view: View;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const act = useAct();
  const remove = async () => {
    if (await act(() => deleteView(connection, view.id))) onDone();
  };
  return (
    <div className={forms.form}>
      <p className={forms.text}>{t("views.delete_text", { name: view.name })}</p>
      <div className={forms.buttons}>
        <span className={forms.gap} />
        <Button variant="subtle" onClick={onDone} data-autofocus>
          {t("cancel")}
        </Button>
        <Button color="danger" onClick={remove}>
          {t("views.delete_now")}
        </Button>
      </div>
    </div>
  );
}
