// The forms of acts, and the lists that lead to them, where the frame shows them.
import { Modal, Skeleton } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { PlanMade } from "../../generated/types";
import { useActWords } from "../../shared/acts/useActWords";
import { useConnections } from "../../shared/reads/app";
import { showNotice } from "../../shared/states/notice";
import { ActForm } from "./ActForm";
import { type ActDialog, closeActDialog, isInFront, useActDialog } from "./dialogs";
import type { Asked } from "./intents";
import { KeysPanel } from "./KeysPanel";
import { useActs } from "./reads";
import { SubscriptionsPanel } from "./SubscriptionsPanel";

type Props = { onPlan: (connection: string, made: PlanMade) => void };

export function ActDialogs({ onPlan }: Props) {
  const { t } = useTranslation();
  const words = useActWords();
  const open = useActDialog();
  // While a dialog fades out it still shows what it was about.
  const last = useRef<ActDialog | null>(null);
  if (open) last.current = open;
  const dialog = open ?? last.current;
  const connection = dialog && (dialog.kind === "form" ? dialog.asked.connection : dialog.connection);
  const known = useConnections().some(({ id }) => id === connection);
  const planned = (made: PlanMade) => {
    if (!connection || !made.plan) return;
    const show = () => onPlan(connection, made);
    if (isInFront(dialog)) {
      closeActDialog();
      return show();
    }
    // Who has closed it meanwhile is at something else.
    showNotice({
      tone: "done",
      title: t("activity.kinds.plan_made"),
      message: made.plan.title,
      action: { label: t("plans.open"), onAct: show },
    });
  };
  const title = () => {
    if (dialog?.kind === "form") {
      const { act, part } = dialog.asked;
      return part ? t(`acts.change.${part}`) : words.act(act);
    }
    if (dialog?.kind === "keys") return t("acts.keys.title", { name: dialog.person.name });
    return t("acts.subscriptions.title");
  };
  return (
    <Modal
      opened={open !== null && known}
      onClose={closeActDialog}
      title={dialog ? title() : ""}
      size="lg"
      // A slip of the hand must not end what was typed.
      closeOnClickOutside={dialog?.kind !== "form"}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {dialog?.kind === "form" && <Opened key={dialog.no} asked={dialog.asked} onPlan={planned} />}
      {dialog?.kind === "keys" && (
        <KeysPanel connection={dialog.connection} person={dialog.person} onPlan={planned} />
      )}
      {dialog?.kind === "subscriptions" && (
        <SubscriptionsPanel connection={dialog.connection} organizations={dialog.organizations} />
      )}
    </Modal>
  );
}

function Opened({ asked, onPlan }: { asked: Asked; onPlan: (made: PlanMade) => void }) {
  const { t } = useTranslation();
  const acts = useActs(asked.connection);
  if (!acts) return <Skeleton height={240} radius="md" role="status" aria-label={t("loading")} />;
  const form = acts.find(({ id }) => id === asked.act);
  if (!form) return <p>{t("acts.unknown")}</p>;
  return <ActForm form={form} asked={asked} onClose={closeActDialog} onPlan={onPlan} />;
}
