// Asks for the link or the file of a shared view.
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ViewOpening } from "../../generated/types";
import { FileChoice } from "../../shared/pickers/FileChoice";
import forms from "../connections/Forms.module.css";
import { openViewDialog } from "./dialogs";
import { VIEW_FILE } from "./file";

export function OpenShared({ connection }: { connection: string }) {
  const { t } = useTranslation();
  const [link, setLink] = useState("");
  const preview = (found: Partial<ViewOpening>) =>
    openViewDialog({
      kind: "preview",
      opening: { connection, link: null, path: null, content: null, ...found },
    });
  return (
    <form
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (link.trim() !== "") preview({ link: link.trim() });
      }}
    >
      <TextInput
        label={t("views.link")}
        description={t("views.link_hint")}
        value={link}
        onChange={(event) => setLink(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
      />
      <div className={forms.buttons}>
        <FileChoice
          variant="default"
          extensions={[VIEW_FILE]}
          title={t("views.open_title")}
          onChoose={async ({ path, file }) => preview(file ? { content: await file.text() } : { path })}
        />
        <span className={forms.gap} />
        <Button type="submit" disabled={link.trim() === ""}>
          {t("views.look")}
        </Button>
      </div>
    </form>
  );
}
