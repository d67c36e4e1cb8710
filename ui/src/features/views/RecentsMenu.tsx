// Questions that were asked before: how many they found, how long they took, when; and once more.
import { Menu } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecentQuestion } from "../../generated/types";
import { toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useFormat, useNow } from "../../shared/format/useFormat";
import { Hint } from "../../shared/keys/Hint";
import target from "../../shared/keys/Hint.module.css";
import { ToolIcon } from "../../shared/keys/ToolButton";
import { useAction } from "../../shared/keys/useAction";
import classes from "./RecentsMenu.module.css";
import { recentsOf } from "./views";

type Props = { connection: string; onAsk: (question: RecentQuestion) => void };

export function RecentsMenu({ connection, onAsk }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  useAction("recents", () => setOpened((now) => !now));
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" width={420}>
      <Hint label={t("recents.title")} action="recents" disabled={opened}>
        <span className={target.around}>
          <Menu.Target>
            <ToolIcon label={t("recents.title")} action="recents">
              <IconHistory size={17} stroke={1.7} />
            </ToolIcon>
          </Menu.Target>
        </span>
      </Hint>
      <Menu.Dropdown className={classes.menu}>
        {opened && <Questions connection={connection} onAsk={onAsk} />}
      </Menu.Dropdown>
    </Menu>
  );
}

function Questions({ connection, onAsk }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30);
  const recents = useQuery(recentsOf(connection));
  const questions = recents.data ?? [];
  // The menu opens before its questions are read: the focus waits for the first of them.
  const first = useRef<HTMLButtonElement>(null);
  const found = questions.length > 0;
  useEffect(() => {
    if (found) first.current?.focus();
  }, [found]);
  const refusal = recents.error && (
    <ErrorBanner error={toApiError(recents.error)} remedies={{ try_again: () => recents.refetch() }} />
  );
  if (!found) {
    return refusal ?? <p className={classes.none}>{recents.isPending ? t("loading") : t("recents.none")}</p>;
  }
  const facts = ({ source, total, possible, took_ms, asked_at }: RecentQuestion) =>
    [
      t("people.count", { count: total, n: format.number(total) }),
      possible > 0 && t("people.possible_count", { count: possible, n: format.number(possible) }),
      source === "live" && t("source.live"),
      t("recents.took", { n: format.number(Math.ceil(took_ms)) }),
      format.ago(asked_at, now),
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <>
      {refusal}
      <Menu.Label>{t("recents.title")}</Menu.Label>
      {questions.map((question, index) => (
        <Menu.Item
          key={`${question.source} ${question.text}`}
          ref={index === 0 ? first : undefined}
          onClick={() => onAsk(question)}
        >
          <span className={classes.text}>{question.text}</span>
          <span className={classes.facts}>{facts(question)}</span>
        </Menu.Item>
      ))}
    </>
  );
}
