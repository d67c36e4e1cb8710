// An import: what the rows become, the file, what its columns mean, what comes of it, the plan.
import { Skeleton } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { ActForm, ImportInspection, ImportPlanned, MayAnswer } from "../../../generated/types";
import { CheckPanel } from "./CheckPanel";
import { ChooseAct } from "./ChooseAct";
import { ChooseRows } from "./ChooseRows";
import { ColumnsList } from "./ColumnsList";
import { FileFacts } from "./FileFacts";
import classes from "./Import.module.css";
import { ImportError } from "./ImportError";
import { changeImport, type Importing, isImportOpen, type Picked, useImporting } from "./importing";
import { meaningsOf, missingOf, titleOf, twiceMapped, withMeaning } from "./mapping";
import { PlanFooter } from "./PlanFooter";
import { useImportCheck, useInspection } from "./useImport";

type Props = {
  importing: Importing;
  acts: ActForm[];
  form: ActForm;
  answer: MayAnswer | undefined;
  onPlan: (planned: ImportPlanned) => void;
};

export function ImportRows({ importing, acts, form, answer, onPlan }: Props) {
  const { t } = useTranslation();
  const { connection, picked } = importing;
  const inspection = useInspection(importing, form.id, picked);
  const seen = inspection.data;
  const isPlanning = useImporting().planning !== null;
  useForgetting(inspection.isError);
  return (
    <div className={classes.import}>
      <div className={classes.import} inert={isPlanning}>
        <ChooseAct connection={connection} acts={acts} form={form} answer={answer} />
      </div>
      {inspection.isError && <ImportError error={inspection.error} onAgain={() => inspection.refetch()} />}
      {!picked || inspection.isError ? (
        <ChooseRows />
      ) : seen ? (
        <Seen
          // Another file, or another act: what was seen before of it says nothing.
          key={`${picked.id} ${form.id}`}
          importing={importing}
          picked={picked}
          form={form}
          seen={seen}
          isReading={inspection.isFetching}
          onAgain={() => inspection.refetch()}
          onPlan={onPlan}
        />
      ) : (
        <Skeleton height={240} radius="md" role="status" aria-label={t("import.reading")} />
      )}
    </div>
  );
}

/** A file that nothing can be read from is not there any more when the dialog opens again. */
function useForgetting(isUnreadable: boolean) {
  useEffect(() => {
    if (!isUnreadable) return;
    return () => {
      if (!isImportOpen()) changeImport({ picked: null, mapped: null });
    };
  }, [isUnreadable]);
}

type SeenProps = Pick<Props, "importing" | "form" | "onPlan"> & {
  picked: Picked;
  seen: ImportInspection;
  isReading: boolean;
  onAgain: () => void;
};

function Seen({ importing, picked, form, seen, isReading, onAgain, onPlan }: SeenProps) {
  const { t } = useTranslation();
  const isPlanning = useImporting().planning !== null;
  const meanings = meaningsOf(seen, importing.mapped);
  const twice = twiceMapped(meanings);
  const missing = missingOf(form, meanings);
  const mapping = {
    connection: importing.connection,
    file: { ...picked.file, mark: seen.mark },
    kind: form.id,
    columns: meanings,
  };
  const isReady = twice.size === 0 && missing.length === 0;
  const check = useImportCheck(mapping, picked, isReady);
  const isKnown = isReady && !check.isChecking && !check.isError;
  const how = importing.mapped ? null : seen.remembered ? t("import.remembered") : t("import.guessed");
  return (
    <>
      <div className={classes.import} inert={isPlanning}>
        <FileFacts picked={picked} seen={seen} isReading={isReading} onAgain={onAgain} />
        <div className={classes.split}>
          <section className={classes.part} aria-label={t("import.columns")}>
            <h3>{t("import.columns")}</h3>
            {how && <p className={classes.quiet}>{how}</p>}
            <ColumnsList
              form={form}
              seen={seen}
              meanings={meanings}
              twice={twice}
              onMeaning={(at, value) => changeImport({ mapped: withMeaning(seen, meanings, at, value) })}
            />
            <p className={classes.quiet}>
              {form.makes === null ? t("import.blank_leaves") : t("import.blank_makes")}
            </p>
          </section>
          <CheckPanel
            form={form}
            mapping={mapping}
            file={picked.name}
            rows={seen.rows}
            missing={missing}
            isTwice={twice.size > 0}
            check={check}
            onAgain={onAgain}
          />
        </div>
      </div>
      <PlanFooter
        mapping={mapping}
        title={importing.title ?? titleOf(picked.name)}
        checked={isKnown ? (check.data ?? null) : null}
        onAgain={onAgain}
        onChecked={() => check.refetch()}
        onPlan={onPlan}
      />
    </>
  );
}
