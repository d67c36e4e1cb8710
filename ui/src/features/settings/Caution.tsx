// How careful plans are: how often one may take access away before the person has to say how often.
import { NumberInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../shared/errors/notify";
import { saveSettings, useAppState } from "../../shared/reads/app";
import { Group, Line } from "./Group";

const MOST = 100_000;

export function Caution() {
  const { t } = useTranslation();
  const act = useAct();
  const { settings } = useAppState();
  const [typed, setTyped] = useState<number | string>(settings.ceiling);
  const save = () => {
    const ceiling = typeof typed === "number" ? typed : settings.ceiling;
    setTyped(ceiling);
    if (ceiling !== settings.ceiling) act(() => saveSettings({ ...settings, ceiling }));
  };
  return (
    <Group title={t("settings.caution")}>
      <Line name={t("settings.ceiling")} hint={t("settings.ceiling_hint")}>
        <NumberInput
          aria-label={t("settings.ceiling")}
          value={typed}
          onChange={setTyped}
          onBlur={save}
          onKeyDown={(event) => event.key === "Enter" && save()}
          min={0}
          max={MOST}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="strict"
          w={110}
        />
      </Line>
    </Group>
  );
}
