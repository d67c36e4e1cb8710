// Settings: appearance, language, connections, who signs, about.
import { ActionIcon, Button, Menu, SegmentedControl } from "@mantine/core";
import { IconDots, IconPlus, IconSchool } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Connection, Settings } from "../../generated/types";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useAct } from "../../shared/errors/notify";
import { LANGUAGE_NAMES, LANGUAGES } from "../../shared/i18n";
import { saveSettings, useAppState, useConnections } from "../../shared/reads/app";
import { CopyButton } from "../../shared/states/CopyButton";
import { ConnectionDot } from "../connections/ConnectionDot";
import { ConnectionMenuItems } from "../connections/ConnectionMenuItems";
import { openConnectionDialog } from "../connections/dialogs";
import { openPractice } from "../connections/practice";
import { StandingBadge } from "../connections/StandingBadge";
import { Caution } from "./Caution";
import { FourEyes } from "./FourEyes";
import { Group, Line } from "./Group";
import classes from "./SettingsPlace.module.css";
import { Signing } from "./Signing";

export function SettingsPlace() {
  const { t } = useTranslation();
  return (
    <section className={classes.place} aria-label={t("places.settings")}>
      <div className={classes.column}>
        <h1 className={classes.title}>{t("places.settings")}</h1>
        <Appearance />
        <Connections />
        <Caution />
        <Signing />
        <FourEyes />
        <About />
      </div>
    </section>
  );
}

const SCHEMES = ["system", "light", "dark"] as const;
const CONTRASTS = ["system", "normal", "high"] as const;

function Appearance() {
  const { t } = useTranslation();
  const act = useAct();
  const { settings } = useAppState();
  const set = (change: Partial<Settings>) => act(() => saveSettings({ ...settings, ...change }));
  return (
    <Group title={t("settings.appearance")}>
      <Line name={t("settings.scheme")}>
        <SegmentedControl
          aria-label={t("settings.scheme")}
          value={settings.scheme}
          onChange={(scheme) => set({ scheme })}
          data={SCHEMES.map((value) => ({ value, label: t(`settings.schemes.${value}`) }))}
        />
      </Line>
      <Line name={t("settings.contrast")}>
        <SegmentedControl
          aria-label={t("settings.contrast")}
          value={settings.contrast}
          onChange={(contrast) => set({ contrast })}
          data={CONTRASTS.map((value) => ({ value, label: t(`settings.contrasts.${value}`) }))}
        />
      </Line>
      <Line name={t("settings.language")}>
        <SegmentedControl
          aria-label={t("settings.language")}
          value={settings.language ?? "system"}
          onChange={(choice) => set({ language: LANGUAGES.find((language) => language === choice) ?? null })}
          data={[
            { value: "system", label: t("settings.schemes.system") },
            ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
          ]}
        />
      </Line>
    </Group>
  );
}

function Connections() {
  const { t } = useTranslation();
  const act = useAct();
  const connections = useConnections();
  const hasPractice = connections.some((connection) => connection.practice);
  return (
    <Group title={t("connections.title")}>
      {connections.map((connection) => (
        <ConnectionLine key={connection.id} connection={connection} />
      ))}
      <div className={classes.buttons}>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() => openConnectionDialog({ kind: "connect" })}
        >
          {t("connections.add")}
        </Button>
        {!hasPractice && (
          <Button variant="subtle" leftSection={<IconSchool size={16} />} onClick={() => act(openPractice)}>
            {t("first.practice")}
          </Button>
        )}
      </div>
    </Group>
  );
}

function ConnectionLine({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  return (
    <div className={classes.connection}>
      <ConnectionDot colour={connection.colour} size={12} />
      <div className={classes.name}>
        <span>{connection.name}</span>
        <span className={classes.hint}>
          {[
            t(`platforms.${connection.platform}`),
            connection.base_url,
            t("connections.key", { id: connection.key_id }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </div>
      <StandingBadge connection={connection} />
      <Menu position="bottom-end" width={232}>
        <Menu.Target>
          <ActionIcon aria-label={t("connections.actions", { name: connection.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ConnectionMenuItems connection={connection} />
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function About() {
  const { t } = useTranslation();
  const app = useAppState();
  return (
    <Group title={t("settings.about")}>
      <Line name={t("settings.version")}>
        <span className="selectable num">{app.version}</span>
      </Line>
      <Line name={t("settings.profile")} hint={t("settings.profile_hint")}>
        <code className={`${classes.path} selectable`}>{app.profile}</code>
        <CopyButton value={app.profile} name={t("settings.profile")} />
      </Line>
      <Line name={t("settings.vault")} hint={t(`settings.vaults.${app.vault}_hint`)}>
        <span>{t(`settings.vaults.${app.vault}`)}</span>
      </Line>
      {app.vault_error && <ErrorBanner error={app.vault_error} remedies={{}} />}
    </Group>
  );
}
