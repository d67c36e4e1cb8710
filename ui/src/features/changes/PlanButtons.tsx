// What may be done with a plan: the likeliest as buttons, the rest in a menu.
import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconDots,
  IconInbox,
  IconInboxOff,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconRepeat,
  IconSend,
  IconTrash,
  IconX,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, PlanMade, PlanSummary } from "../../generated/types";
import { call } from "../../host";
import { useAct } from "../../shared/errors/notify";
import { isOffline } from "../../shared/reads/plans";
import { ApplyDialog, type ApplyKind } from "./ApplyDialog";
import type { Opened } from "./ChangesPlace";
import { forgetMade, noteMade } from "./made";
import classes from "./PlanDetail.module.css";
import { type PlanAct, possibleActs } from "./possible";
import { undoPlan } from "./undo";

const ICONS = {
  apply: IconSend,
  resume: IconPlayerPlay,
  retry: IconRepeat,
  pause: IconPlayerPause,
  queue: IconInbox,
  unqueue: IconInboxOff,
  again: IconRefresh,
  undo: IconArrowBackUp,
  change: IconPencil,
  cancel: IconX,
  remove: IconTrash,
} as const satisfies Record<PlanAct, unknown>;

/** More buttons would not fit beside the title. */
const BUTTONS = 2;

/** What goes on with a plan stands out; what takes it back or away does not. */
const LEADING: ReadonlySet<PlanAct> = new Set(["apply", "resume", "queue", "again", "pause"]);

type Props = {
  connection: Connection;
  plan: PlanSummary;
  running: boolean;
  onOpen: (next: Opened) => void;
  /** Shows one of its steps. */
  onStep: (no: number) => void;
};

export function PlanButtons({ connection, plan, running, onOpen, onStep }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const [dialog, setDialog] = useState<ApplyKind | null>(null);
  const [busy, setBusy] = useState<PlanAct | null>(null);
  const of = { connection: connection.id, plan: plan.id };
  const acts = possibleActs(plan, running, isOffline(connection));

  const take = (made: PlanMade) => {
    noteMade(made, plan.id);
    if (made.plan) onOpen({ plan: made.plan.id });
  };
  const toDraft = async () => {
    const intents = await call("plan_intents", of);
    const draft = await call("draft_save", {
      connection: connection.id,
      id: null,
      title: plan.title,
      intents,
    });
    // What was begun is kept, and given up; what was not is the draft now.
    if (plan.state === "made" || plan.state === "queued") await call("plan_delete", of);
    else if (plan.state === "paused") await call("plan_cancel", of);
    onOpen({ draft: draft.id });
  };
  const doing: Record<PlanAct, () => unknown> = {
    apply: () => setDialog("apply"),
    resume: () => setDialog("resume"),
    retry: () => setDialog("retry"),
    cancel: () => setDialog("cancel"),
    pause: () => call("plan_pause", of),
    queue: () => call("outbox_add", of),
    unqueue: () => call("outbox_remove", of),
    again: async () => take(await call("plan_again", of)),
    undo: async () => take(await undoPlan(connection.id, plan)),
    change: toDraft,
    remove: async () => {
      await call("plan_delete", of);
      onOpen(null);
    },
  };
  const run = async (wanted: PlanAct) => {
    const begun = doing[wanted]();
    if (!(begun instanceof Promise)) return;
    setBusy(wanted);
    forgetMade(plan.id);
    await act(() => begun);
    setBusy(null);
  };

  const shown = acts.slice(0, BUTTONS);
  const rest = acts.slice(BUTTONS);
  return (
    <div className={classes.buttons}>
      {shown.map((own, place) => {
        const Icon = ICONS[own];
        return (
          <Button
            key={own}
            size="sm"
            variant={place === 0 && LEADING.has(own) ? "filled" : "default"}
            leftSection={<Icon size={16} stroke={1.8} />}
            loading={busy === own}
            disabled={busy !== null}
            onClick={() => run(own)}
          >
            {t(`plans.acts.${own}`)}
          </Button>
        );
      })}
      {rest.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t("plans.more")}
              loading={busy !== null && rest.includes(busy)}
              disabled={busy !== null}
            >
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((own) => {
              const Icon = ICONS[own];
              return (
                <Menu.Item key={own} leftSection={<Icon size={16} stroke={1.8} />} onClick={() => run(own)}>
                  {t(`plans.acts.${own}`)}
                </Menu.Item>
              );
            })}
          </Menu.Dropdown>
        </Menu>
      )}
      <ApplyDialog
        kind={dialog}
        connection={connection}
        plan={plan}
        onClose={() => setDialog(null)}
        onStep={onStep}
      />
    </div>
  );
}
