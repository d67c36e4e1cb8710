// A saved view of which this version cannot read all: what that is, before anything is replaced.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { View } from "../../generated/types";
import { useAct } from "../../shared/errors/notify";
import { announce } from "../../shared/states/announce";
import forms from "../connections/Forms.module.css";
import { openViewDialog } from "./dialogs";
import classes from "./SharedPreview.module.css";
import { saveView, shownNow } from "./views";

type Props = { connection: string; view: View; onDone: () => void };

/** It is not shown: an empty question would be one for everybody. */
export function UnreadView({ connection, view, onDone }: Props) {
  const { t } = useTranslation();
  return (
    <div className={forms.form}>
      <p className={forms.text}>{t("views.unread_text", { name: view.name })}</p>
      <Unread view={view} />
      <div className={forms.buttons}>
        <Button
          variant="subtle"
          color="danger"
          onClick={() => openViewDialog({ kind: "delete", connection, view })}
        >
          {t("views.delete")}
        </Button>
        <span className={forms.gap} />
        <Button variant="default" onClick={() => openViewDialog({ kind: "replace", connection, view })}>
          {t("views.replace")}
        </Button>
        <Button onClick={onDone} data-autofocus>
          {t("close")}
        </Button>
      </div>
    </div>
  );
}

/** Puts what People shows now in the place of a view that cannot be read whole. */
export function ReplaceView({ connection, view, onDone }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const { id, name } = view;
  const replace = async () => {
    const saved = await act(async () => {
      const state = await shownNow(connection);
      await saveView({ connection, id, name, state, discard: true });
    });
    if (!saved) return;
    announce(t("views.saved", { name }));
    onDone();
  };
  return (
    <div className={forms.form}>
      <p className={forms.text}>{t("views.replace_text", { name })}</p>
      <Unread view={view} />
      <div className={forms.buttons}>
        <span className={forms.gap} />
        <Button variant="subtle" onClick={onDone} data-autofocus>
          {t("cancel")}
        </Button>
        <Button color="danger" onClick={replace}>
          {t("views.replace_now")}
        </Button>
      </div>
    </div>
  );
}

function Unread({ view }: { view: View }) {
  const { t } = useTranslation();
  return (
    <div className={classes.problems}>
      <strong>{t("views.not_read")}</strong>
      <ul>
        {view.problems.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <code>{path}</code> {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
