// Gives a view a name, new or other; deletes one.
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { View, ViewState } from "../../generated/types";
import { useAct } from "../../shared/errors/notify";
import { announce } from "../../shared/states/announce";
import forms from "../connections/Forms.module.css";
import { deleteView, saveView, shownNow, useViews } from "./views";

type Props = {
  connection: string;
  /** The view that gets the name; null: a new one. */
  id: string | null;
  name: string;
  /** What the view shows; null: what People shows now. */
  state: ViewState | null;
  onDone: () => void;
};

const plain = (name: string) => name.trim().toLocaleLowerCase();

export function NameView({ connection, id, name: before, state, onDone }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const views = useViews(connection);
  const [name, setName] = useState(before);
  const [busy, setBusy] = useState(false);
  const taken = views.some((view) => view.id !== id && plain(view.name) === plain(name));
  const save = async () => {
    setBusy(true);
    const saved = await act(async () => {
      const shown = state ?? (await shownNow(connection));
      await saveView({ connection, id, name: name.trim(), state: shown });
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
