// Asks what to write to a file, and where; the writing itself is a job.
import { Button, Checkbox, Modal, Radio } from "@mantine/core";
import { IconBraces, IconFileSpreadsheet, IconTable } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError, ExportFormat } from "../../generated/types";
import { chooseSave, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useFormat } from "../../shared/format/useFormat";
import classes from "./ExportDialog.module.css";
import { EXPORT_FORMATS, fileName } from "./exporting";

export type ExportChoice = {
  format: ExportFormat;
  whom: "selected" | "all";
  path: string;
  keep_formulas: boolean;
};

type Props = {
  opened: boolean;
  onClose: () => void;
  /** How many are selected; 0: only all that match can be written. */
  selected: number;
  total: number;
  /** Those who may match are shown, not those who do. */
  possible: boolean;
  columns: readonly string[];
  connection: string;
  onExport: (choice: ExportChoice) => Promise<unknown>;
};

const ICONS = { csv: IconTable, xlsx: IconFileSpreadsheet, jsonl: IconBraces };

export function ExportDialog({ opened, onClose, ...props }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("export.title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Form {...props} onClose={onClose} />
    </Modal>
  );
}

function Form(props: Omit<Props, "opened">) {
  const { selected, total, possible, columns, connection, onExport, onClose } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const counted = { count: total, n: format.number(total) };
  const all = possible ? t("export.all_possible", counted) : t("export.all", counted);
  const note = useId();
  const [file, setFile] = useState<ExportFormat>("xlsx");
  const [chosen, setWhom] = useState<"selected" | "all">("selected");
  // Another question may be answered behind the dialog: whoever was selected is not any more.
  const whom = selected > 0 ? chosen : "all";
  const [harmless, setHarmless] = useState(true);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  const write = async () => {
    setBusy(true);
    setError(null);
    try {
      const name = fileName(t("export.file_name"), connection, new Date(), file);
      const path = await chooseSave({ name, extension: file, title: t("export.title") });
      if (path === null) return;
      await onExport({ format: file, whom, path, keep_formulas: !harmless });
      onClose();
    } catch (refusal) {
      setError(toApiError(refusal));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        write();
      }}
    >
      <Radio.Group label={t("export.format")} value={file} onChange={(own) => setFile(own as ExportFormat)}>
        <div className={classes.cards}>
          {EXPORT_FORMATS.map((own, index) => {
            const Icon = ICONS[own];
            return (
              <Radio.Card
                key={own}
                value={own}
                className={classes.card}
                data-autofocus={index === 0 || undefined}
                aria-label={t(`export.formats.${own}`)}
              >
                <Icon size={20} stroke={1.6} aria-hidden />
                <strong>{t(`export.formats.${own}`)}</strong>
                <span>{t(`export.hints.${own}`)}</span>
              </Radio.Card>
            );
          })}
        </div>
      </Radio.Group>
      {selected > 0 && (
        <Radio.Group
          label={t("export.whom")}
          value={whom}
          onChange={(own) => setWhom(own === "all" ? "all" : "selected")}
        >
          <div className={classes.choices}>
            <Radio
              size="sm"
              value="selected"
              label={t("export.selected", { count: selected, n: format.number(selected) })}
            />
            <Radio size="sm" value="all" label={all} />
          </div>
        </Radio.Group>
      )}
      {file !== "jsonl" && (
        <div>
          <Checkbox
            size="sm"
            checked={harmless}
            onChange={(event) => setHarmless(event.currentTarget.checked)}
            label={t("export.harmless")}
            aria-describedby={note}
          />
          <p id={note} className={classes.note}>
            {t("export.harmless_why")}
          </p>
        </div>
      )}
      <p className={classes.what}>
        {selected === 0 && <>{all} · </>}
        {t("export.columns", { columns: columns.join(", ") })}
      </p>
      <p className={classes.note}>
        {t("export.beside")}
        {possible && <> {t("export.without", { column: t("columns.reason") })}</>}
      </p>
      {error && <ErrorBanner error={error} remedies={{ try_again: write }} />}
      <footer className={classes.buttons}>
        <Button variant="subtle" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={busy}>
          {t("export.choose")}
        </Button>
      </footer>
    </form>
  );
}
