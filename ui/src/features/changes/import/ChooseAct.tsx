// What each row becomes, what the rules say of that, and a file to fill in.
import { Button, NativeSelect } from "@mantine/core";
import { IconFileDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ActForm, MayAnswer } from "../../../generated/types";
import { call } from "../../../host";
import { useActWords } from "../../../shared/acts/useActWords";
import { useRuleWords } from "../../../shared/rules/useRuleWords";
import { RulesNote } from "../../acts/RulesNote";
import { fileName } from "../../taking/exporting";
import classes from "./Import.module.css";
import { changeImport } from "./importing";
import { useSaving } from "./useImport";

type Props = { connection: string; acts: ActForm[]; form: ActForm; answer: MayAnswer | undefined };

export function ChooseAct({ connection, acts, form, answer }: Props) {
  const { t } = useTranslation();
  const words = useActWords();
  const rules = useRuleWords();
  const save = useSaving();
  const isOpen = answer !== undefined && rules.why(answer) !== null;
  const template = () =>
    save(
      t("import.template"),
      fileName(t("import.template_file"), words.act(form.id), new Date(), "csv"),
      async (path) => {
        await call("import_template", { connection, kind: form.id, path });
        return t("import.template_saved");
      },
    );
  return (
    <>
      <div className={classes.act}>
        <NativeSelect
          className={classes.grow}
          label={t("import.becomes")}
          value={form.id}
          onChange={({ currentTarget }) => changeImport({ act: currentTarget.value, mapped: null })}
          data={acts.map(({ id }) => ({ value: id, label: words.act(id) }))}
        />
        <Button
          variant="default"
          leftSection={<IconFileDownload size={16} stroke={1.7} />}
          onClick={template}
        >
          {t("import.template")}
        </Button>
      </div>
      {(isOpen || form.reading_only) && (
        <RulesNote connection={connection} form={form} answers={isOpen ? [answer] : []} />
      )}
    </>
  );
}
