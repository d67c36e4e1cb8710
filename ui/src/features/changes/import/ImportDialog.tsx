// The dialog of an import, where the frame shows it; files of rows that are dropped on the window.
import { Modal, Skeleton } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ImportPlanned } from "../../../generated/types";
import { useAct } from "../../../shared/errors/notify";
import { useConnections } from "../../../shared/reads/app";
import { ImportRows } from "./ImportRows";
import {
  changeImport,
  closeImport,
  ENDINGS,
  endImport,
  type Importing,
  isImportOpen,
  isPlanning,
  openImport,
  pickedFrom,
  useImporting,
} from "./importing";
import { useImportActs } from "./useImport";

type Props = {
  /** The connection in front: a file that is dropped becomes acts of it. */
  connection: string | null;
  onPlan: (connection: string, planned: ImportPlanned) => void;
};

export function ImportDialog({ connection, onPlan }: Props) {
  const { t } = useTranslation();
  const { isOpen, importing } = useImporting();
  const isKnown = useConnections().some(({ id }) => id === importing?.connection);
  useDroppedRows(connection);
  // While the dialog fades out it still shows what it was about.
  const last = useRef<Importing | null>(null);
  if (importing) last.current = importing;
  const shown = importing ?? last.current;
  const planned = (made: ImportPlanned) => {
    endImport();
    if (shown) onPlan(shown.connection, made);
  };
  return (
    <Modal
      opened={isOpen && isKnown}
      onClose={closeImport}
      title={t("import.title")}
      size={shown?.picked ? "min(66rem, 96vw)" : "lg"}
      // A slip of the hand must not end what takes a while.
      closeOnClickOutside={shown?.picked === null}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {shown && isKnown && <Opened importing={shown} onPlan={planned} />}
    </Modal>
  );
}

type OpenedProps = { importing: Importing; onPlan: (planned: ImportPlanned) => void };

function Opened({ importing, onPlan }: OpenedProps) {
  const { t } = useTranslation();
  const { acts, answerOf, first } = useImportActs(importing.connection);
  if (!acts || !first) return <Skeleton height={240} radius="md" role="status" aria-label={t("loading")} />;
  const form = acts.find(({ id }) => id === importing.act) ?? first;
  return <ImportRows importing={importing} acts={acts} form={form} answer={answerOf(form)} onPlan={onPlan} />;
}

/** Whether a dialog is in front that is not the one of the import, or that one takes no other file now. */
const isElsewhere = () =>
  isPlanning() || (!isImportOpen() && document.querySelector('[role="dialog"][aria-modal="true"]') !== null);

/** Takes a file of rows that is dropped anywhere on the window. */
function useDroppedRows(connection: string | null) {
  const act = useAct();
  useEffect(() => {
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      const ending = file?.name.toLowerCase().split(".").at(-1);
      if (!file || !ENDINGS.some((own) => own === ending) || connection === null || isElsewhere()) return;
      event.preventDefault();
      act(async () => {
        const picked = await pickedFrom({ file });
        if (isImportOpen()) changeImport({ picked });
        else openImport({ connection, picked });
      });
    };
    window.addEventListener("drop", drop);
    return () => window.removeEventListener("drop", drop);
  }, [connection, act]);
}
