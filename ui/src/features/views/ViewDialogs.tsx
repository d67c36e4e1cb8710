// The dialogs about views, where the frame shows them.
import { Modal } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { closeViewDialog, useViewDialog, type ViewDialog } from "./dialogs";
import { DeleteView, NameView } from "./NameView";
import { OpenShared } from "./OpenShared";
import { SharedPreview } from "./SharedPreview";
import { ReplaceView, UnreadView } from "./UnreadView";

/** `onShown`: a view is shown in People of a connection. */
export function ViewDialogs({ onShown }: { onShown: (connection: string) => void }) {
  const { t } = useTranslation();
  const open = useViewDialog();
  // While a dialog fades out it still shows what it was about.
  const last = useRef<ViewDialog | null>(null);
  if (open) last.current = open;
  const dialog = open ?? last.current;
  const titles = {
    save: t("views.save_title"),
    rename: t("views.rename_title"),
    delete: t("views.delete_title"),
    unread: t("views.unread_title"),
    replace: t("views.replace_title"),
    open: t("views.open_title"),
    preview: t("views.preview_title"),
  };
  return (
    <Modal
      opened={open !== null}
      onClose={closeViewDialog}
      title={dialog ? titles[dialog.kind] : ""}
      size={dialog?.kind === "preview" ? "lg" : "md"}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {dialog?.kind === "save" && (
        <NameView connection={dialog.connection} id={null} name="" onDone={closeViewDialog} />
      )}
      {dialog?.kind === "rename" && (
        <NameView
          connection={dialog.connection}
          id={dialog.view.id}
          name={dialog.view.name}
          onDone={closeViewDialog}
        />
      )}
      {dialog?.kind === "delete" && (
        <DeleteView connection={dialog.connection} view={dialog.view} onDone={closeViewDialog} />
      )}
      {dialog?.kind === "unread" && (
        <UnreadView connection={dialog.connection} view={dialog.view} onDone={closeViewDialog} />
      )}
      {dialog?.kind === "replace" && (
        <ReplaceView connection={dialog.connection} view={dialog.view} onDone={closeViewDialog} />
      )}
      {dialog?.kind === "open" && <OpenShared connection={dialog.connection} />}
      {dialog?.kind === "preview" && (
        <SharedPreview opening={dialog.opening} onDone={closeViewDialog} onShown={onShown} />
      )}
    </Modal>
  );
}
