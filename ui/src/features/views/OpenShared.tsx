// Asks for the link or the file of a shared view.
import { Button, type ButtonProps, FileButton, TextInput } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ViewOpening } from "../../generated/types";
import { chooseOpen, choosesFiles } from "../../host";
import { useAct } from "../../shared/errors/notify";
import forms from "../connections/Forms.module.css";
import { openViewDialog } from "./dialogs";
import { VIEW_FILE } from "./file";

export function OpenShared({ connection }: { connection: string }) {
  const { t } = useTranslation();
  const act = useAct();
  const [link, setLink] = useState("");
  const preview = (found: Partial<ViewOpening>) =>
    openViewDialog({
      kind: "preview",
      opening: { connection, link: null, path: null, content: null, ...found },
    });
  const choose = () =>
    act(async () => {
      const path = await chooseOpen({ extension: VIEW_FILE, title: t("views.open_title") });
      if (path !== null) preview({ path });
    });
  // A browser hands over what stands in a file, never where it lies.
  const read = (file: File | null) => file && act(async () => preview({ content: await file.text() }));
  const button: ButtonProps = {
    variant: "default",
    leftSection: <IconFileUpload size={16} stroke={1.7} />,
  };
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
        {choosesFiles ? (
          <Button {...button} onClick={choose}>
            {t("views.choose_file")}
          </Button>
        ) : (
          <FileButton onChange={read} accept={`.${VIEW_FILE}`}>
            {(props) => (
              <Button {...button} {...props}>
                {t("views.choose_file")}
              </Button>
            )}
          </FileButton>
        )}
        <span className={forms.gap} />
        <Button type="submit" disabled={link.trim() === ""}>
          {t("views.look")}
        </Button>
      </div>
    </form>
  );
}
