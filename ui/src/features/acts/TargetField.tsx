// What an act is done to, where nothing was chosen before: its id.
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ActTarget, Thing } from "../../generated/types";

type Props = { thing: Thing; onTarget: (target: ActTarget | null) => void; error: string | null };

export function TargetField({ thing, onTarget, error }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  return (
    <TextInput
      label={t(`acts.target.${thing}`)}
      description={t("acts.target.note")}
      required
      error={error}
      inputMode="numeric"
      autoComplete="off"
      classNames={{ input: "num" }}
      value={typed}
      onChange={({ currentTarget }) => {
        const id = currentTarget.value.trim();
        setTyped(currentTarget.value);
        onTarget(/^[1-9]\d{0,15}$/.test(id) ? { thing, id, name: "" } : null);
      }}
      data-autofocus
      data-path="target"
    />
  );
}
