// A draft: what was typed and not made a plan of yet.
import { ActionIcon, Button } from "@mantine/core";
import { IconArrowLeft, IconFileSearch, IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChangeDraft, Connection, Intent, PlanMade } from "../../generated/types";
import { call } from "../../host";
import { useActWords } from "../../shared/acts/useActWords";
import { useAct } from "../../shared/errors/notify";
import { useFormat, useNow } from "../../shared/format/useFormat";
import { showNotice } from "../../shared/states/notice";
import { openActForm } from "../acts/dialogs";
import { askedOf } from "../acts/intents";
import type { Opened } from "./ChangesPlace";
import { noteMade } from "./made";
import classes from "./PlanDetail.module.css";
import { PlanMadeNote } from "./PlanMadeNote";

/** More is not read through one by one; a plan shows them all. */
const MOST = 200;

type Props = { connection: Connection; draft: ChangeDraft; onOpen: (next: Opened) => void };

export function DraftDetail({ connection, draft, onOpen }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const words = useActWords();
  const format = useFormat();
  const now = useNow(30);
  const [made, setMade] = useState<PlanMade | null>(null);
  const [busy, setBusy] = useState(false);
  const form = askedOf(connection.id, draft);
  const title = draft.title || t("plans.untitled");
  const review = async () => {
    setBusy(true);
    await act(async () => {
      const { intents } = draft;
      const wish = { connection: connection.id, title, intents, secrets: [], partly: false };
      const answer = await call("plan_make", wish);
      if (!answer.plan) return setMade(answer);
      noteMade(answer);
      // A draft that stays is in the list; the plan was made all the same.
      await call("draft_delete", { connection: connection.id, draft: draft.id }).catch(() => undefined);
      onOpen({ plan: answer.plan.id });
    });
    setBusy(false);
  };
  const remove = () =>
    act(async () => {
      await call("draft_delete", { connection: connection.id, draft: draft.id });
      onOpen(null);
      showNotice({
        tone: "done",
        title: t("acts.draft.removed"),
        message: title,
        action: { label: t("undo"), onAct: restore },
      });
    });
  const restore = () =>
    act(async () => {
      const { title, intents } = draft;
      const back = await call("draft_save", { connection: connection.id, id: null, title, intents });
      onOpen({ draft: back.id });
    });
  const rest = draft.intents.length - MOST;
  return (
    <article className={classes.detail} aria-label={title}>
      <header className={classes.head}>
        <ActionIcon className={classes.back} onClick={() => onOpen(null)} aria-label={t("plans.back")}>
          <IconArrowLeft size={18} />
        </ActionIcon>
        <div className={classes.title}>
          <h2 className="selectable" dir="auto">
            {title}
          </h2>
          <span className={classes.quiet}>{format.ago(draft.changed_at, now)}</span>
        </div>
        <div className={classes.buttons}>
          <Button leftSection={<IconFileSearch size={16} />} loading={busy} onClick={review}>
            {t("plans.review")}
          </Button>
          {form && (
            <Button
              variant="default"
              leftSection={<IconPencil size={16} />}
              onClick={() => openActForm(form)}
            >
              {t("acts.draft.continue")}
            </Button>
          )}
          <Button variant="default" leftSection={<IconTrash size={16} />} onClick={remove}>
            {t("plans.acts.remove")}
          </Button>
        </div>
      </header>
      <div className={classes.scroll}>
        {made && <PlanMadeNote made={made} onClose={() => setMade(null)} />}
        <table className={classes.intents}>
          <thead>
            <tr>
              <th scope="col">{t("plans.columns.act")}</th>
              <th scope="col">{t("plans.columns.about")}</th>
              <th scope="col">{t("plans.columns.changes")}</th>
            </tr>
          </thead>
          <tbody>
            {draft.intents.slice(0, MOST).map((intent, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: its place is what it is known by
              <tr key={place}>
                <td>{words.act(intent.kind)}</td>
                <td>{intent.target ? words.target(intent.target) : ""}</td>
                <td>{valuesText(intent, words)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {rest > 0 && (
          <p className={classes.quiet}>{t("plans.more_problems", { count: rest, n: format.number(rest) })}</p>
        )}
      </div>
    </article>
  );
}

function valuesText({ values, secrets }: Intent, words: ReturnType<typeof useActWords>): string {
  return [
    ...Object.entries(values).map(([path, value]) => `${words.field(path)}: ${words.value(path, value)}`),
    ...secrets.map((path) => `${words.field(path)}: •••`),
  ].join(" · ");
}
