// Whether the record holds, and what to do with the hash that stands for all of it.
import { ActionIcon, Button, Popover } from "@mantine/core";
import {
  IconCheck,
  IconCopy,
  IconHelpCircle,
  IconPrinter,
  IconShieldCheck,
  IconShieldQuestion,
  IconShieldX,
} from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ActivityHead, ActivityVerification, Connection } from "../../generated/types";
import { call, toApiError } from "../../host";
import { useAct } from "../../shared/errors/notify";
import { useErrorWords } from "../../shared/errors/useErrorWords";
import { useFormat, useNow } from "../../shared/format/useFormat";
import { Hint } from "../../shared/keys/Hint";
import { announce } from "../../shared/states/announce";
import { copyText } from "../taking/clipboard";
import classes from "./ChainStrip.module.css";
import { CompareHead } from "./CompareHead";
import { PrintedHead } from "./PrintedHead";

/** How long it shows that the hash is on the clipboard. */
const COPIED_MS = 1500;

type Props = {
  connection: Connection;
  /** How many entries there are now. */
  noted: number;
  verification: UseQueryResult<ActivityVerification>;
  onShow: (no: number) => void;
};

export function ChainStrip({ connection, noted, verification, onShow }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const [printed, setPrinted] = useState<ActivityHead | null>(null);
  const broken = verification.data?.broken ?? null;
  const said = useSaid(verification, noted);

  /** The end of the chain as it is now: entries may have come since it was verified. */
  const head = () => call("activity_head", { connection: connection.id });
  const copy = async () => setCopied(await act(() => copyText(head().then(({ hash }) => hash))));
  const verify = async () => {
    const { data } = await verification.refetch();
    if (data) announce(data.broken ? t("activity.broken") : t("activity.holds"));
  };
  return (
    <div className={classes.strip} data-state={said.state} data-testid="chain">
      <span className={classes.icon} aria-hidden>
        {said.state === "holds" ? (
          <IconShieldCheck size={20} stroke={1.7} />
        ) : said.state === "broken" ? (
          <IconShieldX size={20} stroke={1.7} />
        ) : (
          <IconShieldQuestion size={20} stroke={1.7} />
        )}
      </span>
      <div className={classes.words} role={said.state === "broken" ? "alert" : undefined}>
        <strong>{said.title}</strong> <span>{said.text}</span>
        {broken && broken.fault !== "missing" && (
          <Button
            size="compact-sm"
            variant="subtle"
            className={classes.show}
            onClick={() => onShow(broken.no)}
          >
            {t("activity.show_entry")}
          </Button>
        )}
      </div>
      <div className={classes.acts}>
        <Button size="xs" variant="default" loading={verification.isFetching} onClick={verify}>
          {t("activity.verify")}
        </Button>
        <CompareHead connection={connection.id} />
        <Hint label={copied ? t("copied") : t("activity.copy_head")}>
          <ActionIcon aria-label={copied ? t("copied") : t("activity.copy_head")} onClick={copy}>
            {copied ? <IconCheck size={18} /> : <IconCopy size={18} stroke={1.7} />}
          </ActionIcon>
        </Hint>
        <Hint label={t("activity.print_head")}>
          <ActionIcon
            aria-label={t("activity.print_head")}
            onClick={() => act(async () => setPrinted(await head()))}
          >
            <IconPrinter size={18} stroke={1.7} />
          </ActionIcon>
        </Hint>
        <Help />
      </div>
      {printed && <PrintedHead connection={connection} head={printed} onPrinted={() => setPrinted(null)} />}
    </div>
  );
}

type Said = { state: "holds" | "broken" | "unknown"; title: string; text: string };

/** The state of the record in words. */
function useSaid(verification: UseQueryResult<ActivityVerification>, noted: number): Said {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useErrorWords();
  const now = useNow(30);
  if (verification.isError)
    return {
      state: "unknown",
      title: t("activity.not_verified"),
      text: words(toApiError(verification.error)).title,
    };
  const found = verification.data;
  if (!found)
    return {
      state: "unknown",
      title: t("activity.verifying"),
      text: t("activity.count", { count: noted, n: format.number(noted) }),
    };
  if (found.broken) {
    const no = format.number(found.broken.no);
    const before = t("activity.before_break", { count: found.sound, n: format.number(found.sound) });
    return {
      state: "broken",
      title: t(`activity.faults.${found.broken.fault}`, { no }),
      text: `${before} ${t("activity.after_break")}`,
    };
  }
  const since = noted - found.sound;
  const ago = t("activity.verified", { ago: format.ago(found.checked_at, now) });
  return {
    state: "holds",
    title: t("activity.entries_hold", { count: found.sound, n: format.number(found.sound) }),
    text: since > 0 ? `${ago} · ${t("activity.since", { count: since, n: format.number(since) })}` : ago,
  };
}

/** What the hash is for, in a few sentences. */
function Help() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    if (!opened) return;
    const close = (event: KeyboardEvent) => event.key === "Escape" && setOpened(false);
    window.addEventListener("keydown", close);
    return () => window.removeEventListener("keydown", close);
  }, [opened]);
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
        <ActionIcon aria-label={t("activity.help")} onClick={() => setOpened((now) => !now)}>
          <IconHelpCircle size={18} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("activity.help")} className={classes.help}>
        <p>{t("activity.help_chain")}</p>
        <p>{t("activity.help_head")}</p>
        <p>{t("activity.help_noted")}</p>
        <Button size="xs" variant="default" onClick={() => setOpened(false)}>
          {t("close")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
