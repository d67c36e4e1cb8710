// The connection in front, and the way to the others.
import { Menu, UnstyledButton } from "@mantine/core";
import { IconCheck, IconPlus, IconSelector } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Connection } from "../../generated/types";
import { ConnectionDot } from "./ConnectionDot";
import { ConnectionMenuItems } from "./ConnectionMenuItems";
import classes from "./ConnectionSwitcher.module.css";
import { openConnectionDialog } from "./dialogs";
import { StandingBadge } from "./StandingBadge";

type Props = { connections: Connection[]; current: Connection; onChoose: (connection: string) => void };

export function ConnectionSwitcher({ connections, current, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-start" width={288} withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.target}>
          <span className="sr-only">{t("connections.switch")}</span>
          <ConnectionDot colour={current.colour} size={12} />
          <span className={classes.words}>
            <span className={classes.name}>{current.name}</span>
            <span className={classes.vendor}>{t(`platforms.${current.platform}`)}</span>
            <StandingBadge connection={current} />
          </span>
          <IconSelector size={16} className={classes.chevron} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("connections.title")}</Menu.Label>
        {connections.map((connection) => (
          <Menu.Item
            key={connection.id}
            leftSection={<ConnectionDot colour={connection.colour} />}
            rightSection={
              connection.id === current.id ? (
                <IconCheck size={15} aria-label={t("connections.current")} />
              ) : undefined
            }
            onClick={() => onChoose(connection.id)}
          >
            <span className={classes.item}>
              <span className={classes.name}>{connection.name}</span>
              <StandingBadge connection={connection} />
            </span>
          </Menu.Item>
        ))}
        <Menu.Item
          leftSection={<IconPlus size={15} />}
          onClick={() => openConnectionDialog({ kind: "connect" })}
        >
          {t("connections.add")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{current.name}</Menu.Label>
        <ConnectionMenuItems connection={current} />
      </Menu.Dropdown>
    </Menu>
  );
}
