// A hash that was noted earlier, on paper or elsewhere: where it stands in the record.
import { Button, Popover, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ActivityVerification } from "../../generated/types";
import { useAct } from "../../shared/errors/notify";
import { useFormat } from "../../shared/format/useFormat";
import classes from "./ChainStrip.module.css";
import { compareWith } from "./reads";

export function CompareHead({ connection }: { connection: string }) {
  const { t } = useTranslation();
  const act = useAct();
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<ActivityVerification | null>(null);
  const [busy, setBusy] = useState(false);
  const compare = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || typed.trim() === "") return;
    setBusy(true);
    await act(async () => setFound(await compareWith(connection, typed)));
    setBusy(false);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={380}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button size="xs" variant="default" onClick={() => setOpened((now) => !now)}>
          {t("activity.compare")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("activity.compare")}>
        <form className={classes.compare} onSubmit={compare}>
          <Textarea
            label={t("activity.noted_hash")}
            description={t("activity.noted_hash_text")}
            classNames={{ input: classes.hashInput }}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setFound(null);
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter") compare(event);
            }}
            autosize
            minRows={2}
            maxRows={4}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
          {found && <Found found={found} />}
          <Button type="submit" size="xs" loading={busy} disabled={typed.trim() === ""}>
            {t("activity.compare_now")}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

function Found({ found }: { found: ActivityVerification }) {
  const { t } = useTranslation();
  const format = useFormat();
  const no = found.anchor?.no ?? null;
  const words =
    no === null
      ? t("activity.anchor_missing")
      : no === 0
        ? t("activity.anchor_empty")
        : t("activity.anchor_found", { no: format.number(no) });
  return (
    <p className={classes.found} data-found={no !== null} role="status">
      {words}
    </p>
  );
}
