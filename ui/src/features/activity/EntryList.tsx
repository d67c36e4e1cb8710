// The entries day by day: one is in the way of Tab, arrows move among them, Enter opens one.
import { IconAlertTriangle, IconCheck, IconLoader2, IconQuestionMark, IconX } from "@tabler/icons-react";
import { type ComponentType, type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ActivityEntry } from "../../generated/types";
import { useFormat, useNow } from "../../shared/format/useFormat";
import classes from "./EntryList.module.css";
import { byDay } from "./view";
import { type EntryWords, type Outcome, outcomeOf, useEntryWords } from "./words";

/** How far ahead of the end more is asked for. */
const AHEAD = "600px";
/** How many rows PageUp and PageDown move. */
const PAGE_ROWS = 10;
/** How many rows from the end an arrow asks for more. */
const NEAR_END = 20;

type Props = {
  /** The newest first. */
  entries: readonly ActivityEntry[];
  /** The number of the one that is open. */
  active: number | null;
  /** From this number on nothing is proven; null: all is, or nobody looked yet. */
  brokenAt: number | null;
  more: boolean;
  onMore: () => void;
  onOpen: (entry: ActivityEntry) => void;
};

/** Gives the keys to an entry, if it is in the list. */
export const focusEntry = (no: number) =>
  document.querySelector<HTMLElement>(`[data-entry="${no}"]`)?.focus();

export function EntryList({ entries, active, brokenAt, more, onMore, onOpen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useEntryWords();
  const now = useNow(60);
  const days = useMemo(() => byDay(entries), [entries]);
  const [reached, setReached] = useState<number | null>(null);
  const inTab = entries.some(({ no }) => no === reached) ? reached : (entries[0]?.no ?? null);
  const scroll = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const ask = useRef(onMore);
  ask.current = onMore;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the end may still be in sight after more came
  useEffect(() => {
    if (!end.current || !more) return;
    const observer = new IntersectionObserver(
      (seen) => seen.some(({ isIntersecting }) => isIntersecting) && ask.current(),
      { root: scroll.current, rootMargin: AHEAD },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [more, entries.length]);

  const onKey = (event: KeyboardEvent) => {
    const index = entries.findIndex(({ no }) => no === inTab);
    const to = {
      ArrowUp: index - 1,
      ArrowDown: index + 1,
      PageUp: index - PAGE_ROWS,
      PageDown: index + PAGE_ROWS,
      Home: 0,
      End: entries.length - 1,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const place = Math.max(0, Math.min(to, entries.length - 1));
    const entry = entries[place];
    if (!entry) return;
    if (more && place >= entries.length - NEAR_END) onMore();
    setReached(entry.no);
    focusEntry(entry.no);
    if (active !== null) onOpen(entry);
  };

  return (
    <div className={classes.scroll} ref={scroll}>
      <div role="listbox" aria-label={t("places.activity")} className={classes.list} onKeyDown={onKey}>
        {days.map((day) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options has no element of its own
          <div key={day.key} role="group" aria-labelledby={`day-${day.key}`} className={classes.day}>
            <div id={`day-${day.key}`} className={classes.date} role="presentation">
              <span>{format.day(day.at)}</span>
              <span className={classes.relative}>{format.dayAgo(day.at, now)}</span>
            </div>
            {day.entries.map((entry) => (
              <Row
                key={entry.no}
                entry={entry}
                words={words}
                time={format.clockExact(entry.at / 1000)}
                tab={entry.no === inTab}
                active={entry.no === active}
                unproven={brokenAt !== null && entry.no >= brokenAt ? t("activity.unproven") : null}
                onReach={setReached}
                onOpen={onOpen}
              />
            ))}
          </div>
        ))}
      </div>
      <div ref={end} className={classes.end}>
        {more && t("loading")}
      </div>
    </div>
  );
}

type RowProps = {
  entry: ActivityEntry;
  words: EntryWords;
  time: string;
  tab: boolean;
  active: boolean;
  unproven: string | null;
  onReach: (no: number) => void;
  onOpen: (entry: ActivityEntry) => void;
};

const Row = memo(function Row({ entry, words, time, tab, active, unproven, onReach, onOpen }: RowProps) {
  const what = words.what(entry);
  return (
    <div
      role="option"
      className={classes.row}
      data-entry={entry.no}
      tabIndex={tab ? 0 : -1}
      aria-selected={active}
      data-unproven={unproven !== null || undefined}
      onFocus={() => onReach(entry.no)}
      onClick={() => onOpen(entry)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        onOpen(entry);
      }}
    >
      <span className={classes.time}>{time}</span>
      <span className={classes.who} dir="auto">
        {entry.account}
      </span>
      <span className={classes.what} title={what}>
        {what}
      </span>
      <span className={classes.target} dir="auto" title={entry.target.name ?? undefined}>
        {words.target(entry.target)}
      </span>
      <span className={classes.answer}>
        {unproven !== null && (
          <span className={classes.unproven} title={unproven}>
            <IconAlertTriangle size={15} aria-hidden />
            <span className="sr-only">{unproven}</span>
          </span>
        )}
        <OutcomeMark entry={entry} words={words} />
      </span>
    </div>
  );
});

const ICONS: Record<Outcome, ComponentType<{ size: number; stroke: number }>> = {
  started: IconLoader2,
  done: IconCheck,
  refused: IconX,
  failed: IconX,
  canceled: IconX,
  unknown: IconQuestionMark,
};

/** What came of it, by shape and word, not by color alone. */
export function OutcomeMark({ entry, words }: { entry: ActivityEntry; words: EntryWords }) {
  const outcome = outcomeOf(entry);
  const Icon = outcome ? ICONS[outcome] : IconQuestionMark;
  return (
    <span className={classes.outcome} data-outcome={outcome ?? "unknown"}>
      <Icon size={14} stroke={2} aria-hidden />
      {words.outcome(entry)}
    </span>
  );
}
