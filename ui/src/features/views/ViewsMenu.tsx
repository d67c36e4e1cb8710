// The saved views of People: choose, keep, go back to what was kept, share.
import { Button, Menu } from "@mantine/core";
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCheck,
  IconChevronDown,
  IconDeviceFloppy,
  IconFileDownload,
  IconFolderOpen,
  IconLink,
  IconPencil,
  IconPlus,
  IconTrash,
} from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, View, ViewState } from "../../generated/types";
import { call, chooseSave, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useAct } from "../../shared/errors/notify";
import { ariaKeys } from "../../shared/keys/actions";
import { Hint } from "../../shared/keys/Hint";
import target from "../../shared/keys/Hint.module.css";
import { Keys } from "../../shared/keys/Keys";
import { useAction } from "../../shared/keys/useAction";
import { announce } from "../../shared/states/announce";
import { showNotice } from "../../shared/states/notice";
import { sameState } from "../people/view";
import { copyText } from "../taking/clipboard";
import { fileName } from "../taking/exporting";
import { openViewDialog } from "./dialogs";
import { VIEW_FILE } from "./file";
import { isTooLong, linkOf } from "./link";
import { useShowSaved } from "./useShowSaved";
import classes from "./ViewsMenu.module.css";
import { restoreView, saveView, useSavedViews } from "./views";

type Props = { connection: Connection; state: ViewState; saved: string | null };

const ICON = { size: 16, stroke: 1.7 };

export const ViewsMenu = memo(function ViewsMenu({ connection, state, saved }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const { views, error, isPending, again } = useSavedViews(connection.id);
  const [opened, setOpened] = useState(false);
  const current = views.find(({ id }) => id === saved) ?? null;
  const dirty = current !== null && current.state !== null && !sameState(current.state, state);

  const saveAs = () => openViewDialog({ kind: "save", connection: connection.id });
  const save = () => {
    if (!current) return saveAs();
    const { id, name, problems, state: before } = current;
    if (current.state !== null && !dirty) return announce(t("views.nothing_to_save"));
    if (problems.length > 0)
      return openViewDialog({ kind: "replace", connection: connection.id, view: current });
    act(async () => {
      await saveView({ connection: connection.id, id, name, state, discard: false });
      announce(t("views.saved", { name }));
      const undo = before && (() => act(() => goBack(connection.id, { ...current, state: before }, t)));
      showNotice({
        tone: "done",
        title: t("views.saved", { name }),
        message: t("views.saved_text"),
        action: undo ? { label: t("undo"), onAct: undo } : undefined,
      });
    });
  };
  useAction("views", () => setOpened((now) => !now));
  useAction("save_view", save);
  useAction("save_view_as", saveAs);

  const showSaved = useShowSaved();
  const show = (view: View) => showSaved(connection.id, view);
  const name = current?.name ?? t("views.one");
  const label = current
    ? dirty
      ? t("views.current_dirty", { name: current.name })
      : t("views.current", { name: current.name })
    : t("views.title");
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-start" width={320}>
      <Hint label={label} action="views" disabled={opened}>
        <span className={target.around}>
          <Menu.Target>
            <Button
              variant="subtle"
              size="compact-sm"
              className={classes.target}
              data-current={current !== null || undefined}
              aria-label={label}
              aria-keyshortcuts={ariaKeys("views")}
              rightSection={<IconChevronDown size={14} stroke={1.8} />}
            >
              <span className={classes.name} dir="auto">
                {current ? current.name : t("views.title")}
              </span>
              {dirty && <span className={classes.dot} aria-hidden />}
            </Button>
          </Menu.Target>
        </span>
      </Hint>
      <Menu.Dropdown>
        {error && <ErrorBanner error={toApiError(error)} remedies={{ try_again: again }} />}
        {views.length === 0 && !error && (
          <p className={classes.none}>{isPending ? t("loading") : t("views.none")}</p>
        )}
        <div className={classes.list}>
          {views.map((view) => (
            <Menu.Item
              key={view.id}
              onClick={() => show(view)}
              aria-current={view.id === current?.id || undefined}
              leftSection={
                view.problems.length > 0 && (
                  <IconAlertTriangle {...ICON} role="img" aria-label={t("views.not_whole")} />
                )
              }
              rightSection={view.id === current?.id && <IconCheck {...ICON} />}
            >
              <span className={classes.item} dir="auto">
                {view.name}
              </span>
            </Menu.Item>
          ))}
        </div>
        <Menu.Divider />
        {dirty && (
          <>
            <Menu.Item
              leftSection={<IconDeviceFloppy {...ICON} />}
              rightSection={<Keys action="save_view" />}
              onClick={save}
            >
              {t("views.save")}
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowBackUp {...ICON} />} onClick={() => show(current)}>
              {t("views.revert")}
            </Menu.Item>
          </>
        )}
        <Menu.Item
          leftSection={<IconPlus {...ICON} />}
          rightSection={<Keys action={current ? "save_view_as" : "save_view"} />}
          onClick={saveAs}
        >
          {t("views.save_as")}
        </Menu.Item>
        {current && (
          <>
            <Menu.Item
              leftSection={<IconPencil {...ICON} />}
              onClick={() => openViewDialog({ kind: "rename", connection: connection.id, view: current })}
            >
              {t("views.rename")}
            </Menu.Item>
            <Menu.Item
              color="danger"
              leftSection={<IconTrash {...ICON} />}
              onClick={() => openViewDialog({ kind: "delete", connection: connection.id, view: current })}
            >
              {t("views.delete")}
            </Menu.Item>
          </>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLink {...ICON} />} onClick={() => act(() => copyLink(name, state, t))}>
          {t("views.copy_link")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileDownload {...ICON} />}
          onClick={() => act(() => saveFile(name, state, t))}
        >
          {t("views.save_file")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFolderOpen {...ICON} />}
          onClick={() => openViewDialog({ kind: "open", connection: connection.id })}
        >
          {t("views.open_shared")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
});

/** What the view kept before the last change was saved. What is on the screen stays. */
async function goBack(connection: string, before: View, t: TFunction): Promise<void> {
  const { name } = await restoreView(connection, before);
  announce(t("views.undone", { name }));
}

async function copyLink(name: string, state: ViewState, t: TFunction): Promise<void> {
  try {
    await copyText(linkOf(name, state));
  } catch (refusal) {
    if (!isTooLong(refusal)) throw refusal;
    showNotice({ tone: "warn", title: t("views.too_long"), message: t("views.too_long_text") });
    return;
  }
  showNotice({ tone: "done", title: t("views.link_copied"), message: t("views.link_copied_text") });
}

async function saveFile(name: string, state: ViewState, t: TFunction): Promise<void> {
  const suggested = fileName(name, "", new Date(), VIEW_FILE);
  const path = await chooseSave({ name: suggested, extension: VIEW_FILE, title: t("views.save_file") });
  if (path === null) return;
  const shared = await call("view_share", { name, state, path });
  showNotice({ tone: "done", title: t("views.file_saved"), message: shared.path ?? path });
}
