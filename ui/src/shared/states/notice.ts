// A short notice in the corner.
import { notifications } from "@mantine/notifications";
import i18next from "i18next";

type Notice = { title: string; message: string; tone: "done" | "warn" };

export function showNotice({ title, message, tone }: Notice) {
  notifications.show({
    title,
    message,
    color: tone === "done" ? "muster" : "red",
    autoClose: tone === "done" ? 5000 : 9000,
    closeButtonProps: { "aria-label": i18next.t("close") },
  });
}
