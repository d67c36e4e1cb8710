// The dialogs about a connection, where the frame shows them.
import { Modal } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useConnection } from "../../shared/reads/app";
import { ConnectForm } from "./ConnectForm";
import { type ConnectionDialog, closeConnectionDialog, useConnectionDialog } from "./dialogs";
import { RemoveForm } from "./RemoveForm";
import { RenameForm } from "./RenameForm";
import { SecretForm } from "./SecretForm";
import { TestReport } from "./TestReport";

export function ConnectionDialogs({
  onConnected,
  onRemoved,
}: {
  onConnected: (id: string) => void;
  onRemoved: () => void;
}) {
  const { t } = useTranslation();
  const open = useConnectionDialog();
  // While a dialog fades out it still shows what it was about.
  const last = useRef<ConnectionDialog | null>(null);
  if (open) last.current = open;
  const dialog = open ?? last.current;
  const connection = useConnection(dialog && dialog.kind !== "connect" ? dialog.connection : null);
  const titles = {
    connect: t("connect.title"),
    rename: t("rename.title"),
    test: t("test.title", { name: connection?.name }),
    secret: t("secret.title", { name: connection?.name }),
    remove: t("remove.title", { name: connection?.name }),
  };
  const done = () => closeConnectionDialog();
  return (
    <Modal
      opened={open !== null}
      onClose={done}
      title={dialog ? titles[dialog.kind] : ""}
      size={dialog?.kind === "connect" || dialog?.kind === "test" ? "lg" : "md"}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {dialog?.kind === "connect" && (
        <ConnectForm
          onConnected={(id) => {
            done();
            onConnected(id);
          }}
          onCancel={done}
        />
      )}
      {connection && dialog?.kind === "rename" && (
        <RenameForm key={connection.id} connection={connection} onDone={done} />
      )}
      {connection && dialog?.kind === "test" && (
        <TestReport key={connection.id} connection={connection} onDone={done} />
      )}
      {connection && dialog?.kind === "secret" && (
        <SecretForm key={connection.id} connection={connection} onDone={done} />
      )}
      {connection && dialog?.kind === "remove" && (
        <RemoveForm
          key={connection.id}
          connection={connection}
          onDone={(removed) => {
            done();
            if (removed) onRemoved();
          }}
        />
      )}
    </Modal>
  );
}
