// The question at any past sync: a slider over the syncs, with how many matched at each.
import { ActionIcon, Button } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SyncMark, Who } from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useErrorWords } from "../../shared/errors/useErrorWords";
import { useFormat } from "../../shared/format/useFormat";
import { Hint } from "../../shared/keys/Hint";
import { keys } from "../../shared/reads/keys";
import classes from "./PastPanel.module.css";
import { nearest, placesOf } from "./past";
import { useCounts } from "./useCounts";

export const syncsOf = (connection: string) => ({
  queryKey: keys.syncs(connection),
  queryFn: () => call("syncs_list", { connection }),
});

type Props = {
  who: Who;
  /** Whether the person has just opened it: then the slider has the keys. */
  opened: boolean;
  onPast: (sync: number | null) => void;
  onClose: () => void;
};

export function PastPanel({ who, opened, onPast, onClose }: Props) {
  const { t } = useTranslation();
  const syncs = useQuery(syncsOf(who.connection));
  return (
    <section className={classes.panel} aria-label={t("past.title")}>
      {syncs.isError ? (
        <ErrorBanner error={toApiError(syncs.error)} remedies={{ try_again: syncs.refetch }} />
      ) : (
        syncs.data && <Line who={who} opened={opened} newestFirst={syncs.data} onPast={onPast} />
      )}
      <Hint label={t("past.close")} action="as_of">
        <ActionIcon className={classes.close} aria-label={t("past.close")} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </Hint>
    </section>
  );
}

/** How long a place on the line rests before its rows are asked for. */
const REST_MS = 120;

function Line({ who, opened, newestFirst, onPast }: Omit<Props, "onClose"> & { newestFirst: SyncMark[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errors = useErrorWords();
  const track = useRef<HTMLDivElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const takesKeys = useRef(opened);
  useEffect(() => {
    if (takesKeys.current) slider.current?.focus();
  }, []);
  const syncs = useMemo(() => [...newestFirst].reverse(), [newestFirst]);
  const places = useMemo(() => placesOf(syncs), [syncs]);
  const counts = useCounts(who, newestFirst);
  const last = syncs.length - 1;
  const asked = who.as_of === null ? last : syncs.findIndex(({ id }) => id === who.as_of);
  const [index, setIndex] = useState(asked);
  const [dragging, setDragging] = useState(false);
  useEffect(() => setIndex(asked), [asked]);

  // The line follows the hand at once, the rows when it rests.
  const send = useRef(onPast);
  send.current = onPast;
  useEffect(() => {
    if (index === asked || dragging) return;
    const timer = setTimeout(() => send.current(index === last ? null : (syncs[index]?.id ?? null)), REST_MS);
    return () => clearTimeout(timer);
  }, [index, asked, last, dragging, syncs]);

  const mark = syncs[index];
  if (!mark) return <p className={classes.words}>{t("errors.never_synced.title")}</p>;
  const numbers = [...counts.values()].filter((count) => typeof count === "number");
  const most = Math.max(1, ...numbers);
  const count = counts.get(mark.id);
  const when = index === last ? `${t("past.now")} · ${format.moment(mark.at)}` : format.moment(mark.at);
  const many =
    count === undefined
      ? t("loading")
      : typeof count === "number"
        ? t("people.count", { count, n: format.number(count) })
        : t("past.not_counted", { why: errors(count).title });
  const go = (to: number) => setIndex(Math.max(0, Math.min(to, last)));
  const onKey = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: index - 1,
      ArrowDown: index - 1,
      ArrowRight: index + 1,
      ArrowUp: index + 1,
      PageDown: index - 10,
      PageUp: index + 10,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  const onPoint = (event: PointerEvent<HTMLElement>) => {
    const box = track.current?.getBoundingClientRect();
    if (box) setIndex(nearest(places, (event.clientX - box.left) / box.width));
  };
  return (
    <>
      <div className={classes.words}>
        <strong>{when}</strong>
        <span className="num">{many}</span>
      </div>
      <ActionIcon
        aria-label={t("past.previous")}
        disabled={index <= 0}
        onClick={() => go(index - 1)}
        className={classes.step}
      >
        <IconChevronLeft size={17} stroke={1.8} />
      </ActionIcon>
      <div
        className={classes.slider}
        ref={slider}
        role="slider"
        tabIndex={0}
        aria-label={t("past.slider")}
        aria-valuemin={1}
        aria-valuemax={last + 1}
        aria-valuenow={index + 1}
        aria-valuetext={`${when}, ${many}`}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
          onPoint(event);
        }}
        onPointerMove={(event) => dragging && onPoint(event)}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
      >
        <div className={classes.track} ref={track}>
          {syncs.map((sync, own) => {
            const counted = counts.get(sync.id);
            const found = typeof counted === "number" ? counted : undefined;
            return (
              <span
                key={sync.id}
                className={classes.tick}
                data-here={own === index || undefined}
                data-counted={found !== undefined || undefined}
                style={{
                  left: `${100 * (places[own] ?? 0)}%`,
                  height: found === undefined ? undefined : `${4 + 22 * (found / most)}px`,
                }}
              />
            );
          })}
          <span className={classes.thumb} style={{ left: `${100 * (places[index] ?? 0)}%` }} />
        </div>
      </div>
      <ActionIcon
        aria-label={t("past.next")}
        disabled={index >= last}
        onClick={() => go(index + 1)}
        className={classes.step}
      >
        <IconChevronRight size={17} stroke={1.8} />
      </ActionIcon>
      {last === 0 && <span className={classes.hint}>{t("past.single")}</span>}
    </>
  );
}

/** Above the rows while they are of the past. */
export function PastBanner({ at, onNow }: { at: number; onNow: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={classes.banner} role="status">
      <span>{t("past.as_of", { date: format.moment(at) })}</span>
      <Button size="compact-sm" variant="subtle" className={classes.now} onClick={onNow}>
        {t("past.back")}
      </Button>
    </div>
  );
}
