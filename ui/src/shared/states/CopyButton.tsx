// Copies a value.
import { ActionIcon } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Hint } from "../keys/Hint";

export function CopyButton({ value, name }: { value: string; name: string }) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 1500 });
  const label = clipboard.copied ? t("copied") : t("copy_value", { name });
  return (
    <Hint label={label} position="left">
      <ActionIcon size="sm" aria-label={label} onClick={() => clipboard.copy(value)}>
        {clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      </ActionIcon>
    </Hint>
  );
}
