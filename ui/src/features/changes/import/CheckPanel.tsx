// What comes of the rows: how many would be planned, how many are so already, what is wrong and where.
import { Button, Loader } from "@mantine/core";
import { IconFileX } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { ActForm, ImportChecked, ImportMapping } from "../../../generated/types";
import { call } from "../../../host";
import { useFormat } from "../../../shared/format/useFormat";
import { announce } from "../../../shared/states/announce";
import { fileName } from "../../taking/exporting";
import classes from "./Import.module.css";
import { ImportError } from "./ImportError";
import { titleOf } from "./mapping";
import { ProblemsList } from "./ProblemsList";
import { useFieldName } from "./useFieldName";
import { useSaving } from "./useImport";

type Props = {
  form: ActForm;
  mapping: ImportMapping;
  /** What the file is called. */
  file: string;
  rows: number;
  /** What the act needs and no column is. */
  missing: string[];
  isTwice: boolean;
  check: { data: ImportChecked | undefined; error: unknown; isChecking: boolean };
  onAgain: () => void;
};

export function CheckPanel({ form, mapping, file, rows, missing, isTwice, check, onAgain }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const fieldName = useFieldName(form);
  const { data, error, isChecking } = check;
  const isUnready = missing.length > 0 || isTwice;
  const list = new Intl.ListFormat(format.language).format(missing.map(fieldName));
  return (
    <section className={classes.part} aria-label={t("import.result")} aria-busy={isChecking}>
      <h3>
        {t("import.result")}
        {isChecking && <Loader size={14} aria-hidden />}
      </h3>
      {isUnready ? (
        <div className={classes.unready} role="status">
          {missing.length > 0 && <p>{t("import.missing", { count: missing.length, fields: list })}</p>}
          {isTwice && <p>{t("import.twice_somewhere")}</p>}
        </div>
      ) : error && !isChecking ? (
        <ImportError error={error} onAgain={onAgain} />
      ) : data ? (
        <Checked form={form} mapping={mapping} file={file} checked={data} isOld={isChecking} />
      ) : (
        <p className={classes.quiet} role="status">
          {t("import.checking", { count: rows, n: format.number(rows) })}
        </p>
      )}
    </section>
  );
}

type CheckedProps = Pick<Props, "form" | "mapping" | "file"> & { checked: ImportChecked; isOld: boolean };

function Checked({ form, mapping, file, checked, isOld }: CheckedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const save = useSaving();
  const { planned, steps, unchanged, bad } = checked;
  const counted = (count: number) => ({ count, n: format.number(count) });
  const lines = [
    { tone: "ok", count: planned, words: t("import.planned", counted(planned)) },
    { tone: "calm", count: unchanged, words: t("import.unchanged", counted(unchanged)) },
    { tone: "bad", count: bad, words: t("import.bad", counted(bad)) },
  ].filter(({ tone, count }) => tone === "ok" || count > 0);
  const said = lines.map(({ words }) => words).join(". ");
  useEffect(() => {
    if (!isOld) announce(said);
  }, [said, isOld]);
  const rejects = () =>
    save(
      t("import.save_bad"),
      fileName(t("import.bad_file"), titleOf(file), new Date(), "csv"),
      async (path) => {
        const { rows } = await call("import_rejects", { import: mapping, path });
        return t("import.bad_saved", counted(rows));
      },
    );
  return (
    <div className={classes.checked} data-old={isOld || undefined}>
      <ul className={classes.counts}>
        {lines.map(({ tone, words }) => (
          <li key={tone} data-tone={tone}>
            {words}
          </li>
        ))}
      </ul>
      {planned > 0 && steps !== planned && (
        <p className={classes.quiet}>{t("import.joined", counted(steps))}</p>
      )}
      {bad > 0 && (
        <>
          <ProblemsList form={form} checked={checked} />
          <div>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconFileX size={15} stroke={1.7} />}
              onClick={rejects}
            >
              {t("import.save_bad")}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
