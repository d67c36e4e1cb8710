// A short notice in the corner, perhaps with one thing to do.
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import classes from "./notice.module.css";

type Notice = {
  title: string;
  message: string;
  tone: "done" | "warn";
  action?: { label: string; onAct: () => void };
};

const DONE_MS = 5000;
/** Long enough to read it and to reach its button. */
const WARN_MS = 9000;
const ACTION_MS = 15_000;

export function showNotice({ title, message, tone, action }: Notice) {
  const shown = notifications.show({
    title,
    message: action ? (
      <span className={classes.acting}>
        {message}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(shown);
            action.onAct();
          }}
        >
          {action.label}
        </Button>
      </span>
    ) : (
      message
    ),
    color: tone === "done" ? "muster" : "red",
    autoClose: action ? ACTION_MS : tone === "done" ? DONE_MS : WARN_MS,
    closeButtonProps: { "aria-label": i18next.t("close") },
  });
}
