// Asks for a file: in the window by its place, in a browser by what stands in it.
import { Button, type ButtonProps, FileButton } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { PlanFileOpening } from "../../generated/types";
import { chooseOpen, choosesFiles } from "../../host";
import { useAct } from "../../shared/errors/notify";
import forms from "../connections/Forms.module.css";

type Props = {
  extension: string;
  title: string;
  text: string;
  onPick: (opening: PlanFileOpening) => void;
};

export function PickFile({ extension, title, text, onPick }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const choose = () =>
    act(async () => {
      const path = await chooseOpen({ extension, title });
      if (path !== null) onPick({ path, content: null });
    });
  const read = (file: File | null) =>
    file && act(async () => onPick({ path: null, content: await file.text() }));
  const button: ButtonProps = { leftSection: <IconFileUpload size={16} stroke={1.7} /> };
  return (
    <div className={forms.form}>
      <p className={forms.text}>{text}</p>
      <div className={forms.buttons}>
        <span className={forms.gap} />
        {choosesFiles ? (
          <Button {...button} onClick={choose} data-autofocus>
            {t("views.choose_file")}
          </Button>
        ) : (
          <FileButton onChange={read} accept={`.${extension}`}>
            {(props) => (
              <Button {...button} {...props} data-autofocus>
                {t("views.choose_file")}
              </Button>
            )}
          </FileButton>
        )}
      </div>
    </div>
  );
}
