// The dialogs about a second person, where the frame shows them; files that are dropped on the window.
import { Modal } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../shared/errors/notify";
import classes from "./Approvals.module.css";
import { ConfirmColleague } from "./ConfirmColleague";
import {
  APPROVAL_FILE,
  type ApprovalDialog,
  closeApprovalDialog,
  PLAN_FILE,
  reviewPlan,
  useApprovalDialog,
} from "./dialogs";
import { PickFile } from "./PickFile";
import { ReviewPlan } from "./ReviewPlan";
import { useReadApproval } from "./useApprovalActs";

/** Whether files are dragged: text that is moved into a field goes its own way. */
const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** `connection`: the one that is in front; an approval that is dropped is of one of its plans. */
export function ApprovalDialogs({ connection }: { connection: string | null }) {
  const { t } = useTranslation();
  const open = useApprovalDialog();
  const readApproval = useReadApproval();
  useDropped(connection);
  // While a dialog fades out it still shows what it was about.
  const last = useRef<ApprovalDialog | null>(null);
  if (open) last.current = open;
  const dialog = open ?? last.current;
  const isReview = dialog?.kind === "review";
  return (
    <Modal
      opened={open !== null}
      onClose={closeApprovalDialog}
      title={dialog ? t(`approvals.titles.${dialog.kind}`) : ""}
      size={isReview ? "min(72rem, 96vw)" : "md"}
      classNames={isReview ? { content: classes.large, body: classes.largeBody } : undefined}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {dialog?.kind === "open" && (
        <PickFile
          extension={PLAN_FILE}
          title={t("approvals.titles.open")}
          text={t("approvals.open_text")}
          onPick={reviewPlan}
        />
      )}
      {dialog?.kind === "read" && (
        <PickFile
          extension={APPROVAL_FILE}
          title={t("approvals.titles.read")}
          text={t("approvals.read_text")}
          onPick={async (opening) => {
            if (await readApproval(dialog.connection, opening)) closeApprovalDialog();
          }}
        />
      )}
      {dialog?.kind === "review" && (
        <ReviewPlan key={dialog.id} opening={dialog.opening} id={dialog.id} onDone={closeApprovalDialog} />
      )}
      {dialog?.kind === "confirm" && <ConfirmColleague signer={dialog.signer} onDone={closeApprovalDialog} />}
    </Modal>
  );
}

/** Opens a plan that is dropped on the window, and takes in an approval. */
function useDropped(connection: string | null) {
  const readApproval = useReadApproval();
  const act = useAct();
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      // Otherwise the window would leave for what was dropped.
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      const ending = file?.name.toLowerCase().split(".").at(-1);
      if (!file || (ending !== PLAN_FILE && ending !== APPROVAL_FILE)) return;
      act(async () => {
        const opening = { path: null, content: await file.text() };
        if (ending === PLAN_FILE) reviewPlan(opening);
        else if (connection !== null) await readApproval(connection, opening);
      });
    };
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("drop", drop);
    };
  }, [connection, readApproval, act]);
}
