// A connection's name and colour.
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection } from "../../generated/types";
import { call } from "../../host";
import { useAct } from "../../shared/errors/notify";
import { putConnection } from "../../shared/reads/connections";
import { COLOURS, ConnectionDot } from "./ConnectionDot";
import classes from "./Forms.module.css";

export function RenameForm({ connection, onDone }: { connection: Connection; onDone: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [name, setName] = useState(connection.name);
  const [colour, setColour] = useState(connection.colour);
  const save = async () => {
    const saved = await act(async () =>
      putConnection(
        await call("connection_rename", { connection: connection.id, name: name.trim(), colour }),
      ),
    );
    if (!saved) return;
    onDone();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextInput
        label={t("connect.name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <fieldset className={classes.fieldset}>
        <legend className={classes.legend}>{t("rename.colour")}</legend>
        <div className={classes.colours}>
          {COLOURS.map((choice) => (
            <label key={choice} className={classes.colour} title={t(`colours.${choice}`)}>
              <input
                type="radio"
                name="colour"
                className="sr-only"
                aria-label={t(`colours.${choice}`)}
                checked={colour === choice}
                onChange={() => setColour(choice)}
              />
              <ConnectionDot colour={choice} size={20} />
            </label>
          ))}
        </div>
      </fieldset>
      <div className={classes.buttons}>
        <span className={classes.gap} />
        <Button variant="subtle" onClick={onDone}>
          {t("cancel")}
        </Button>
        <Button type="submit" disabled={name.trim() === ""}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
