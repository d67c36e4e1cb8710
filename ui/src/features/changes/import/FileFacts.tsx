// The file that was chosen and what is seen of it; another one, or the same again.
import { Button } from "@mantine/core";
import { IconRefresh, IconTable } from "@tabler/icons-react";
import { Fragment, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ImportInspection } from "../../../generated/types";
import { useFormat } from "../../../shared/format/useFormat";
import { FileChoice } from "../../../shared/pickers/FileChoice";
import classes from "./Import.module.css";
import { changeImport, ENDINGS, type Picked, pickedFrom } from "./importing";

type Props = { picked: Picked; seen: ImportInspection; isReading: boolean; onAgain: () => void };

export function FileFacts({ picked, seen, isReading, onAgain }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, notes } = seen;
  const facts = [
    t("import.rows", { count: rows, n: format.number(rows) }),
    seen.encoding,
    t(`import.delimiters.${seen.delimiter}`),
    ...(notes > 0 ? [t("import.notes", { count: notes, n: format.number(notes) })] : []),
  ];
  // The button that was pressed is gone: whoever pressed it goes on here.
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) element.current?.focus();
  }, []);
  return (
    <div className={classes.file}>
      <IconTable size={22} stroke={1.6} aria-hidden />
      <div ref={element} tabIndex={-1} className={classes.fileWords}>
        <strong className="selectable" dir="auto">
          {picked.name}
        </strong>
        <span className={classes.quiet}>
          {facts.map((fact, at) => (
            <Fragment key={fact}>
              {at > 0 && " · "}
              <span className={classes.fact}>{fact}</span>
            </Fragment>
          ))}
        </span>
      </div>
      {picked.file.path !== null && (
        <Button
          size="xs"
          variant="default"
          loading={isReading}
          leftSection={<IconRefresh size={15} stroke={1.7} />}
          onClick={onAgain}
        >
          {t("import.again")}
        </Button>
      )}
      <FileChoice
        size="xs"
        variant="default"
        extensions={ENDINGS}
        title={t("import.title")}
        label={t("import.other")}
        onChoose={async (chosen) => changeImport({ picked: await pickedFrom(chosen) })}
      />
    </div>
  );
}
