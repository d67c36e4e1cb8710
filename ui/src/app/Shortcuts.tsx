// Every key of the window, in one dialog.
import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ACTION_IDS, ACTIONS, type ActionGroup } from "../shared/keys/actions";
import { Keys } from "../shared/keys/Keys";
import classes from "./Shortcuts.module.css";

const GROUPS: readonly ActionGroup[] = ["everywhere", "people", "grid"];

export function Shortcuts({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("shortcuts.title")}
      size="54rem"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <div className={classes.groups}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h3 className={classes.heading}>{t(`shortcuts.${group}`)}</h3>
            <ul>
              {ACTION_IDS.filter((id) => ACTIONS[id].group === group).map((id) => (
                <li key={id} className={classes.line}>
                  <span>{t(`keys.${id}`)}</span>
                  <Keys action={id} hidden={false} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Modal>
  );
}
