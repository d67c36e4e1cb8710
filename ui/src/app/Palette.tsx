// The command palette: places, connections, views, actions by name.
import { Spotlight, type SpotlightActionGroupData, spotlight } from "@mantine/spotlight";
import {
  IconArrowBackUp,
  IconBookmark,
  IconBuildingPlus,
  IconContrast2,
  IconFileDiff,
  IconFolderOpen,
  IconKeyboard,
  IconLanguage,
  IconLink,
  IconMoon,
  IconPlus,
  IconRefresh,
  IconSearch,
  IconSun,
  IconSunMoon,
  IconTableImport,
  IconUserPlus,
} from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { openActForm } from "../features/acts/dialogs";
import { openApprovalDialog } from "../features/approvals/dialogs";
import { openImport } from "../features/changes/import/importing";
import { ConnectionDot } from "../features/connections/ConnectionDot";
import { openConnectionDialog } from "../features/connections/dialogs";
import { openViewDialog } from "../features/views/dialogs";
import { useShowSaved } from "../features/views/useShowSaved";
import { useViews } from "../features/views/views";
import type { Settings } from "../generated/types";
import { useActWords } from "../shared/acts/useActWords";
import { useAct } from "../shared/errors/notify";
import { LANGUAGE_NAMES, LANGUAGES } from "../shared/i18n";
import { useAction } from "../shared/keys/useAction";
import { saveSettings, useAppState } from "../shared/reads/app";
import { startSync } from "../shared/reads/sync";
import { PLACES, type PlaceId } from "./places";
import { useWhere } from "./useWhere";

type Props = {
  go: (place: PlaceId, connection?: string) => void;
  onShortcuts: () => void;
  /** Makes and opens the plan that undoes the last change; null without a connection. */
  onUndo: (() => void) | null;
};

/** How long the palette takes to give the focus back after it closed. */
const FOCUS_IS_BACK_MS = 30;
/** Acts that need nothing to be chosen before. */
const MAKING = [
  { act: "user.create", icon: IconUserPlus },
  { act: "organization.create", icon: IconBuildingPlus },
  { act: "organization.link", icon: IconLink },
] as const;
const SCHEME_ICONS = { light: IconSun, dark: IconMoon, system: IconSunMoon };

export function Palette({ go, onShortcuts, onUndo }: Props) {
  const { t } = useTranslation();
  useAction("palette", () => spotlight.toggle());
  const act = useAct();
  const words = useActWords();
  const { settings } = useAppState();
  const { current, connections } = useWhere();
  const views = useViews(current?.id ?? null);
  const showSaved = useShowSaved();
  const set = (change: Partial<Settings>) => () => act(() => saveSettings({ ...settings, ...change }));

  // A dialog opens once the palette is gone and has given the focus back: then the dialog keeps it.
  const next = useRef<(() => void) | null>(null);
  const afterwards = (open: () => void) => () => {
    next.current = open;
  };
  const onClosed = () => {
    const open = next.current;
    next.current = null;
    if (open) setTimeout(open, FOCUS_IS_BACK_MS);
  };

  const actions: SpotlightActionGroupData[] = [
    {
      group: t("palette.places"),
      actions: PLACES.filter(({ id }) => current || id === "settings").map(({ id, icon: Icon }) => ({
        id,
        label: t(`places.${id}`),
        leftSection: <Icon size={18} stroke={1.7} />,
        onClick: () => go(id),
      })),
    },
    {
      group: t("connections.title"),
      actions: [
        ...connections.map((connection) => ({
          id: connection.id,
          label: connection.name,
          description: t(`platforms.${connection.platform}`),
          leftSection: <ConnectionDot colour={connection.colour} size={12} />,
          onClick: () => go("people", connection.id),
        })),
        {
          id: "connect",
          label: t("connections.add"),
          leftSection: <IconPlus size={18} stroke={1.7} />,
          onClick: afterwards(() => openConnectionDialog({ kind: "connect" })),
        },
      ],
    },
    ...(current
      ? [
          {
            group: t("palette.views"),
            actions: [
              ...views.map((view) => ({
                id: `view-${view.id}`,
                label: view.name,
                description: view.state?.text ?? t("views.not_whole"),
                leftSection: <IconBookmark size={18} stroke={1.7} />,
                onClick: view.state
                  ? () => showSaved(current.id, view, () => go("people", current.id))
                  : afterwards(() => showSaved(current.id, view)),
              })),
              {
                id: "open-shared",
                label: t("views.open_shared"),
                leftSection: <IconFolderOpen size={18} stroke={1.7} />,
                onClick: afterwards(() => openViewDialog({ kind: "open", connection: current.id })),
              },
            ],
          },
        ]
      : []),
    {
      group: t("palette.actions"),
      actions: [
        ...(current
          ? [
              {
                id: "sync",
                label: t("sync"),
                description: current.name,
                leftSection: <IconRefresh size={18} stroke={1.7} />,
                onClick: () => {
                  act(() => startSync(current.id));
                },
              },
              ...MAKING.map(({ act: made, icon: Icon }) => ({
                id: made,
                label: words.act(made),
                description: current.name,
                leftSection: <Icon size={18} stroke={1.7} />,
                onClick: afterwards(() => openActForm({ connection: current.id, act: made })),
              })),
              {
                id: "import",
                label: t("import.open"),
                description: current.name,
                leftSection: <IconTableImport size={18} stroke={1.7} />,
                onClick: afterwards(() => openImport({ connection: current.id })),
              },
            ]
          : []),
        ...(onUndo
          ? [
              {
                id: "undo",
                label: t("keys.undo"),
                leftSection: <IconArrowBackUp size={18} stroke={1.7} />,
                onClick: onUndo,
              },
            ]
          : []),
        {
          id: "open-plan",
          label: t("approvals.open"),
          leftSection: <IconFileDiff size={18} stroke={1.7} />,
          onClick: afterwards(() => openApprovalDialog({ kind: "open" })),
        },
        ...(["light", "dark", "system"] as const).map((scheme) => {
          const Icon = SCHEME_ICONS[scheme];
          return {
            id: `scheme-${scheme}`,
            label: t("palette.scheme", { scheme: t(`settings.schemes.${scheme}`) }),
            leftSection: <Icon size={18} stroke={1.7} />,
            onClick: set({ scheme }),
          };
        }),
        {
          id: "contrast",
          label: settings.contrast === "high" ? t("palette.contrast_normal") : t("palette.contrast_high"),
          leftSection: <IconContrast2 size={18} stroke={1.7} />,
          onClick: set({ contrast: settings.contrast === "high" ? "normal" : "high" }),
        },
        ...LANGUAGES.map((language) => ({
          id: `language-${language}`,
          label: t("palette.language", { language: LANGUAGE_NAMES[language] }),
          leftSection: <IconLanguage size={18} stroke={1.7} />,
          onClick: set({ language }),
        })),
        {
          id: "shortcuts",
          label: t("shortcuts.title"),
          leftSection: <IconKeyboard size={18} stroke={1.7} />,
          onClick: afterwards(onShortcuts),
        },
      ],
    },
  ];
  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      nothingFound={t("palette.nothing")}
      scrollable
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      transitionProps={{ duration: 80, exitDuration: 0, onExited: onClosed }}
      data-palette
      radius="lg"
      maxHeight={420}
      attributes={{ content: { "aria-label": t("palette.label") } }}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.7} />,
        placeholder: t("palette.placeholder"),
        "aria-label": t("palette.placeholder"),
      }}
    />
  );
}
