// The window: sidebar, the place, dialogs, announcements, keys.
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ActDialogs } from "../features/acts/ActDialogs";
import { closeActDialog } from "../features/acts/dialogs";
import { NewPersonKeys } from "../features/acts/NewPerson";
import { ApprovalDialogs } from "../features/approvals/ApprovalDialogs";
import { ImportKeys } from "../features/changes/import/ImportButton";
import { ImportDialog } from "../features/changes/import/ImportDialog";
import { closeImport } from "../features/changes/import/importing";
import { noteMade } from "../features/changes/made";
import { OutboxBar } from "../features/changes/OutboxBar";
import { useUndoLast } from "../features/changes/useUndoLast";
import { ConnectionDialogs } from "../features/connections/ConnectionDialogs";
import { ViewDialogs } from "../features/views/ViewDialogs";
import type { PlanMade } from "../generated/types";
import { NamesOf } from "../shared/acts/useNames";
import { useAction } from "../shared/keys/useAction";
import { Announcements } from "../shared/states/announce";
import classes from "./Frame.module.css";
import { Palette } from "./Palette";
import { Shortcuts } from "./Shortcuts";
import { Sidebar } from "./Sidebar";
import { useRememberWhere, useWhere } from "./useWhere";

export function Frame() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { current, place, go } = useWhere();
  const [shortcuts, setShortcuts] = useState(false);
  const openPlan = (plan: string) =>
    current && navigate({ to: "/$connection/changes", params: { connection: current.id }, search: { plan } });
  const undoLast = useUndoLast(current, openPlan);
  useRememberWhere(current?.id ?? null, place);
  useDialogsOfPlace();
  useAction("people", current && (() => go("people")));
  useAction("organizations", current && (() => go("organizations")));
  useAction("roles", current && (() => go("roles")));
  useAction("changes", current && (() => go("changes")));
  useAction("activity", current && (() => go("activity")));
  useAction("undo", undoLast);
  useAction("settings", () => go("settings"));
  useAction("shortcuts", () => setShortcuts(true));
  const onPlan = (connection: string, { plan }: Pick<PlanMade, "plan">) =>
    plan && navigate({ to: "/$connection/changes", params: { connection }, search: { plan: plan.id } });
  return (
    <NamesOf value={current?.id ?? null}>
      <div className={classes.frame}>
        <button type="button" className={classes.skip} onClick={skip}>
          {t("skip")}
        </button>
        {current && (
          <Sidebar current={current} place={place} go={go} onShortcuts={() => setShortcuts(true)} />
        )}
        <main className={classes.place} id="place" tabIndex={-1}>
          {current && <OutboxBar key={current.id} connection={current} onOpen={openPlan} />}
          <div className={classes.inner}>
            <Outlet />
          </div>
        </main>
        <ConnectionDialogs onConnected={(id) => go("people", id)} onRemoved={() => go("people", null)} />
        {current && <NewPersonKeys connection={current.id} />}
        {current && <ImportKeys connection={current.id} />}
        <ActDialogs
          onPlan={(connection, made) => {
            noteMade(made);
            onPlan(connection, made);
          }}
        />
        <ImportDialog connection={current?.id ?? null} onPlan={onPlan} />
        <ViewDialogs onShown={(id) => go("people", id)} />
        <ApprovalDialogs connection={current?.id ?? null} />
        <Shortcuts opened={shortcuts} onClose={() => setShortcuts(false)} />
        <Palette go={go} onUndo={undoLast} onShortcuts={() => setShortcuts(true)} />
        <Announcements />
      </div>
    </NamesOf>
  );
}

/** A link in a form leads to another place: the form closes, and what was typed is kept. */
function useDialogsOfPlace() {
  const address = useRouterState({ select: ({ location }) => location.href });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new address closes what is open
  useEffect(() => {
    closeActDialog();
    closeImport();
  }, [address]);
}

/** The hash is the address of the place, so the jump is made by hand. */
function skip() {
  document.getElementById("place")?.focus();
}
