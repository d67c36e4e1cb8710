// Drafts, the outbox in its order, open plans and ended ones. Arrows move, Alt and an arrow moves a plan of the outbox.
import { ActionIcon, UnstyledButton } from "@mantine/core";
import { IconGripVertical, IconX } from "@tabler/icons-react";
import {
  type KeyboardEvent,
  type KeyboardEventHandler,
  type PointerEvent,
  type ReactNode,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import type { ChangeDraft, Connection, PlanSummary } from "../../generated/types";
import { call } from "../../host";
import { useAct } from "../../shared/errors/notify";
import { useFormat, useNow } from "../../shared/format/useFormat";
import { PlanChip } from "../../shared/plans/Chip";
import { STEP_STATES, STEP_TONES } from "../../shared/plans/chip";
import { useJobs } from "../../shared/reads/app";
import { queryClient } from "../../shared/reads/client";
import { keys } from "../../shared/reads/keys";
import { announce } from "../../shared/states/announce";
import type { Opened } from "./ChangesPlace";
import classes from "./PlansList.module.css";
import { movedTo, sectionsOf } from "./sections";

type Props = {
  connection: Connection;
  plans: PlanSummary[];
  drafts: ChangeDraft[];
  opened: Opened;
  onOpen: (next: Opened) => void;
};

export function PlansList({ connection, plans, drafts, opened, onOpen }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const sections = sectionsOf(plans);
  const outbox = useOutbox(connection.id, sections.outbox);
  const chosen = opened?.plan ?? opened?.draft ?? null;
  const all = [...drafts, ...outbox.plans, ...sections.open, ...sections.ended].map(({ id }) => id);
  // One of them is reached by Tab; the arrows go on from there.
  const stop = chosen !== null && all.includes(chosen) ? chosen : all[0];
  const item = (id: string) => ({
    "data-item": id,
    tabIndex: id === stop ? 0 : -1,
    "aria-current": id === chosen ? ("true" as const) : undefined,
  });

  const onKey = (event: KeyboardEvent<HTMLUListElement>) => {
    const from = (event.target as Element).closest<HTMLElement>("[data-item]");
    const id = from?.dataset.item;
    if (!id) return;
    const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, Home: -all.length, End: all.length };
    const by = steps[event.key];
    if (event.key === "Delete" && outbox.has(id)) {
      event.preventDefault();
      removeFromOutbox(id);
      return;
    }
    if (by === undefined) return;
    event.preventDefault();
    if (event.altKey) {
      if (outbox.has(id)) outbox.move(id, outbox.plans.findIndex((plan) => plan.id === id) + by);
      return;
    }
    const items = [...(list.current?.querySelectorAll<HTMLElement>("[data-item]") ?? [])];
    items[Math.max(0, Math.min(items.indexOf(from) + by, items.length - 1))]?.focus();
  };
  /** What was pressed goes away with it: the keys go on at the plan beside it. */
  const removeFromOutbox = (id: string) => {
    const at = all.indexOf(id);
    const beside = all[at + 1] ?? all[at - 1];
    const items = [...(list.current?.querySelectorAll<HTMLElement>("[data-item]") ?? [])];
    items.find(({ dataset }) => dataset.item === beside)?.focus();
    outbox.remove(id);
  };

  const plan = (own: PlanSummary) => (
    <li key={own.id}>
      <UnstyledButton className={classes.item} {...item(own.id)} onClick={() => onOpen({ plan: own.id })}>
        <PlanLines plan={own} />
      </UnstyledButton>
    </li>
  );
  return (
    <div className={classes.sections} ref={list}>
      {drafts.length > 0 && (
        <Section onKey={onKey} title={t("plans.sections.drafts")}>
          {drafts.map((draft) => (
            <li key={draft.id}>
              <UnstyledButton
                className={classes.item}
                {...item(draft.id)}
                onClick={() => onOpen({ draft: draft.id })}
              >
                <DraftLines draft={draft} />
              </UnstyledButton>
            </li>
          ))}
        </Section>
      )}
      {outbox.plans.length > 0 && (
        <Section onKey={onKey} title={t("plans.sections.outbox")} note={t("plans.outbox.keys")}>
          {outbox.plans.map((own, place) => (
            <li
              key={own.id}
              className={classes.queued}
              data-queued={own.id}
              data-dragged={outbox.dragged === own.id || undefined}
            >
              <span className={classes.grip} aria-hidden {...outbox.grip(own.id)}>
                <IconGripVertical size={15} stroke={1.7} />
              </span>
              <UnstyledButton
                className={classes.item}
                {...item(own.id)}
                aria-describedby="outbox-keys"
                onClick={() => onOpen({ plan: own.id })}
              >
                <PlanLines plan={own} place={place + 1} />
              </UnstyledButton>
              <ActionIcon
                size="md"
                className={classes.remove}
                aria-label={t("plans.outbox.remove", { title: own.title })}
                title={t("plans.outbox.remove", { title: own.title })}
                onClick={() => removeFromOutbox(own.id)}
              >
                <IconX size={15} />
              </ActionIcon>
            </li>
          ))}
        </Section>
      )}
      {sections.open.length > 0 && (
        <Section onKey={onKey} title={t("plans.sections.open")}>
          {sections.open.map(plan)}
        </Section>
      )}
      {sections.ended.length > 0 && (
        <Section onKey={onKey} title={t("plans.sections.ended")}>
          {sections.ended.map(plan)}
        </Section>
      )}
    </div>
  );
}

type SectionProps = {
  title: string;
  note?: string;
  onKey: KeyboardEventHandler<HTMLUListElement>;
  children: ReactNode;
};

function Section({ title, note, onKey, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <h2>{title}</h2>
      {note && (
        <span id="outbox-keys" className={classes.note}>
          {note}
        </span>
      )}
      <ul onKeyDown={onKey}>{children}</ul>
    </section>
  );
}

function DraftLines({ draft }: { draft: ChangeDraft }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30);
  return (
    <>
      <span className={classes.title} dir="auto">
        {draft.title || t("plans.untitled")}
      </span>
      <span className={classes.line}>
        {t("plans.intents", { count: draft.intents.length, n: format.number(draft.intents.length) })} ·{" "}
        {format.ago(draft.changed_at, now)}
      </span>
    </>
  );
}

function PlanLines({ plan, place }: { plan: PlanSummary; place?: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30);
  const job = useJobs().find((own) => own.plan === plan.id && own.state === "running");
  const counts = STEP_STATES.flatMap((state) =>
    plan.counts.filter((own) => own.state === state && own.count > 0),
  );
  const begun = counts.some(({ state }) => state !== "waiting");
  return (
    <>
      <span className={classes.head}>
        <span className={classes.title} dir="auto">
          {place === undefined ? plan.title : `${format.number(place)}. ${plan.title}`}
        </span>
        <PlanChip plan={plan} running={job !== undefined} />
      </span>
      <span className={classes.line}>
        {job ? (
          <span className="num">
            {t("freshness.of", { done: format.number(job.done), total: format.number(plan.steps) })}
          </span>
        ) : begun ? (
          counts.map(({ state, count }) => (
            <span key={state} className={classes.tally} data-tone={STEP_TONES[state]}>
              {t(`plans.tally.${state}`, { count, n: format.number(count) })}
            </span>
          ))
        ) : (
          t("plans.facts.steps", { count: plan.steps, n: format.number(plan.steps) })
        )}
      </span>
      <span className={classes.line}>
        {format.ago(plan.changed_at, now)} · {plan.made_by}
      </span>
    </>
  );
}

/** The outbox as it stands, moved at once and kept a moment later. */
function useOutbox(connection: string, queued: PlanSummary[]) {
  const { t } = useTranslation();
  const act = useAct();
  const [order, setOrder] = useState<string[] | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const ids = queued.map(({ id }) => id);
  const isSame = order?.length === ids.length && order.every((id) => ids.includes(id));
  const now = isSame ? order : ids;
  const plans = now.flatMap((id) => queued.filter((plan) => plan.id === id));
  const latest = useRef(now);
  latest.current = now;

  const place = (id: string, to: number) => {
    const next = movedTo(latest.current, id, to);
    latest.current = next;
    setOrder(next);
    return next;
  };
  const keep = async (next: string[]) => {
    await act(() => call("outbox_order", { connection, plans: next }));
    await queryClient.invalidateQueries({ queryKey: keys.plans(connection) });
    // As it is read counts again, unless it was moved once more meanwhile.
    setOrder((now) => (now === next ? null : now));
  };
  const move = (id: string, to: number) => {
    const next = place(id, to);
    const title = queued.find((plan) => plan.id === id)?.title ?? "";
    announce(t("plans.outbox.moved", { title, place: next.indexOf(id) + 1, count: next.length }));
    keep(next);
  };
  const remove = (id: string) => act(() => call("outbox_remove", { connection, plan: id }));
  const onDrag = (event: PointerEvent<HTMLElement>, id: string) => {
    if (dragged !== id) return;
    const rows = [
      ...(event.currentTarget.closest("ul")?.querySelectorAll<HTMLElement>("[data-queued]") ?? []),
    ];
    const under = rows.findIndex((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return event.clientY >= top && event.clientY < bottom;
    });
    if (under >= 0 && latest.current.indexOf(id) !== under) place(id, under);
  };
  const drop = () => {
    if (dragged === null) return;
    setDragged(null);
    keep(latest.current);
  };
  return {
    plans,
    dragged,
    has: (id: string) => now.includes(id),
    move,
    remove,
    grip: (id: string) => ({
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragged(id);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => onDrag(event, id),
      onPointerUp: drop,
      onPointerCancel: drop,
    }),
  };
}
