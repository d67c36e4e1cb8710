// Where a file of rows is chosen or dropped.
import { IconTable } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FileChoice } from "../../../shared/pickers/FileChoice";
import classes from "./Import.module.css";
import { changeImport, ENDINGS, pickedFrom } from "./importing";

export function ChooseRows() {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only lights up; the window takes what is dropped
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      onDragEnter={() => setOver(true)}
      onDragOver={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={() => setOver(false)}
    >
      <IconTable size={28} stroke={1.5} aria-hidden />
      <strong>{t("import.drop")}</strong>
      <p className={classes.quiet}>{t("import.text")}</p>
      <FileChoice
        extensions={ENDINGS}
        title={t("import.title")}
        autoFocus
        onChoose={async (chosen) => changeImport({ picked: await pickedFrom(chosen) })}
      />
    </div>
  );
}
