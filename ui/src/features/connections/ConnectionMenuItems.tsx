// What can be done with a connection, as the items of a menu.
import { Menu } from "@mantine/core";
import { IconKey, IconPencil, IconStethoscope, IconTrash, IconWifi, IconWifiOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Connection } from "../../generated/types";
import { call } from "../../host";
import { useAct } from "../../shared/errors/notify";
import { queryClient } from "../../shared/reads/client";
import { keys } from "../../shared/reads/keys";
import { openConnectionDialog } from "./dialogs";

export function ConnectionMenuItems({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const act = useAct();
  const dialog = (kind: "rename" | "test" | "secret" | "remove") => () =>
    openConnectionDialog({ kind, connection: connection.id });
  const on = connection.practice_network;
  const switchNetwork = () =>
    act(async () => {
      await call("practice_network", { on: !on });
      // Back on, only a request can end the "offline" of the last one that failed.
      if (!on) await call("connection_test", { connection: connection.id }).catch(() => undefined);
      queryClient.invalidateQueries({ queryKey: keys.connections });
      queryClient.invalidateQueries({ queryKey: ["live", connection.id] });
    });
  return (
    <>
      <Menu.Item leftSection={<IconPencil size={15} />} onClick={dialog("rename")}>
        {t("connections.rename")}
      </Menu.Item>
      <Menu.Item leftSection={<IconStethoscope size={15} />} onClick={dialog("test")}>
        {t("connections.test")}
      </Menu.Item>
      {connection.practice ? (
        <Menu.Item
          leftSection={on ? <IconWifiOff size={15} /> : <IconWifi size={15} />}
          onClick={switchNetwork}
        >
          {on ? t("connections.network_off") : t("connections.network_on")}
        </Menu.Item>
      ) : (
        <Menu.Item leftSection={<IconKey size={15} />} onClick={dialog("secret")}>
          {t("connections.new_secret")}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconTrash size={15} />} color="danger" onClick={dialog("remove")}>
        {t("connections.remove")}
      </Menu.Item>
    </>
  );
}
