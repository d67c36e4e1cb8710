// The question while somebody writes it: what is typed is read, and what was read is told; answers
// that come late are dropped, and nothing that was typed is.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { ApiError, Connection, FilterReading } from "../../generated/types";
import { toApiError } from "../../host";
import type { Outside } from "./editor/useEditor";
import { type Face, jsonAfter, type QueryState } from "./query";
import { readFilter, readingOf } from "./reads";

/** Shorter than one notices, longer than a burst of keys. */
const REST_MS = 60;
/** More texts than can be on their way back to us. */
const ON_THEIR_WAY = 16;

type Options = {
  connection: Connection;
  query: QueryState;
  onChange: (next: QueryState) => void;
  onRun: (asked: QueryState) => void;
};

export type Question = {
  /** The text for the editor, where it comes from elsewhere. */
  outside: Outside;
  /** What was understood of the text; while the next is read, of the one before. */
  reading: FilterReading | undefined;
  /** Why nothing can be understood now. */
  error: ApiError | null;
  typed: (text: string) => void;
  /** Criteria from another face become the question, with their text. Answers the problems, if any. */
  take: (filter: string | null) => Promise<FilterReading | null>;
  /** The JSON face's own writing. */
  takeJson: (written: string) => Promise<FilterReading | null>;
  dropJson: () => void;
  show: (face: Face, open: boolean) => void;
  /** Asks, if the text has no problems; else answers what was read. */
  run: () => Promise<FilterReading | null>;
};

export function useQuestion({ connection, query, onChange, onRun }: Options): Question {
  const latest = useRef(query);
  const onTheirWay = useRef<string[]>([]);
  const callbacks = useRef({ onChange, onRun });
  callbacks.current = { onChange, onRun };
  const typing = useRef<{ text: string; timer: ReturnType<typeof setTimeout> } | null>(null);
  const turn = useRef(0);
  /** What another face has changed and is not yet the question. */
  const taking = useRef<Promise<unknown>>(Promise.resolve());
  const isTyped = useRef(false);
  const [outside, setOutside] = useState<Outside>({ text: query.text });
  const [text, setRead] = useState(query.text);
  /** The newest text that rests, read or about to be. */
  const rested = useRef(query.text);
  const setText = useCallback((now: string) => {
    rested.current = now;
    setRead(now);
  }, []);

  const tell = useCallback((change: Partial<QueryState>) => {
    const next = { ...latest.current, ...change };
    latest.current = next;
    onTheirWay.current = [...onTheirWay.current.slice(1 - ON_THEIR_WAY), next.text];
    callbacks.current.onChange(next);
  }, []);

  // The question was changed elsewhere: a view was opened, a condition added.
  useLayoutEffect(() => {
    const own = query.text === latest.current.text;
    if (!own && onTheirWay.current.includes(query.text)) return;
    onTheirWay.current = [];
    latest.current = own ? { ...query, json: latest.current.json } : query;
    if (own) return;
    turn.current += 1;
    if (typing.current) clearTimeout(typing.current.timer);
    typing.current = null;
    isTyped.current = false;
    setText(query.text);
    setOutside({ text: query.text });
  }, [query, setText]);

  const settle = useCallback(() => {
    const now = typing.current;
    if (!now) return;
    clearTimeout(now.timer);
    typing.current = null;
    setText(now.text);
  }, [setText]);
  const typed = useCallback(
    (now: string) => {
      turn.current += 1;
      isTyped.current = true;
      if (typing.current) clearTimeout(typing.current.timer);
      typing.current = { text: now, timer: setTimeout(settle, REST_MS) };
    },
    [settle],
  );
  // What is typed is kept even if the window closes before it is read, or if it cannot be read now.
  useEffect(() => {
    const keep = () => {
      const now = typing.current?.text ?? rested.current;
      if (now !== latest.current.text) tell({ text: now });
    };
    window.addEventListener("pagehide", keep);
    return () => {
      window.removeEventListener("pagehide", keep);
      keep();
    };
  }, [tell]);

  const read = useQuery({ ...readingOf(connection.id, "text", text), placeholderData: keepPreviousData });
  const { data, isPlaceholderData } = read;
  useEffect(() => {
    if (!data || isPlaceholderData || typing.current) return;
    const mine = turn.current;
    if (data.problems.length > 0) {
      if (latest.current.text !== text) tell({ text });
      return;
    }
    const accept = () => {
      const { filter, json } = latest.current;
      tell({ text, filter: data.filter, json: jsonAfter(json, filter) });
    };
    const { text: told, filter } = latest.current;
    if (told === text && filter === data.filter) return;
    if (isTyped.current || filter === null) return accept();
    // A face may say the same in another shape, which is not to be turned round under its hands.
    readFilter(connection.id, "json", filter).then(
      (same) => same.text !== text && mine === turn.current && accept(),
      () => mine === turn.current && accept(),
    );
  }, [data, isPlaceholderData, text, tell, connection.id]);

  const put = useCallback(
    (next: Pick<FilterReading, "text" | "filter">, json: string | null) => {
      if (typing.current) clearTimeout(typing.current.timer);
      typing.current = null;
      isTyped.current = false;
      tell({ text: next.text, filter: next.filter, json });
      setText(next.text);
      setOutside({ text: next.text });
    },
    [tell, setText],
  );

  const takeNow = useCallback(
    async (filter: string | null) => {
      turn.current += 1;
      const mine = turn.current;
      const before = latest.current;
      const kept = jsonAfter(before.json, before.filter);
      if (filter === null) {
        put({ text: "", filter: null }, kept);
        return null;
      }
      const found = await readFilter(connection.id, "json", filter);
      if (mine !== turn.current || found.problems.length > 0) return found;
      put({ text: found.text, filter }, kept);
      return found;
    },
    [connection.id, put],
  );

  const takeJsonNow = useCallback(
    async (written: string) => {
      turn.current += 1;
      const mine = turn.current;
      latest.current = { ...latest.current, json: written };
      const found = await readFilter(connection.id, "json", written).catch((refusal: unknown) => {
        // It is kept even if it cannot be read now.
        if (mine === turn.current) tell({ json: written });
        throw refusal;
      });
      if (mine !== turn.current) return null;
      if (found.problems.length > 0) tell({ json: written });
      else if (found.filter === latest.current.filter) tell({ json: written });
      else put(found, written);
      return found;
    },
    [connection.id, put, tell],
  );

  const take = useCallback(
    (filter: string | null) => {
      const taken = takeNow(filter);
      taking.current = taken.catch(() => null);
      return taken;
    },
    [takeNow],
  );
  const takeJson = useCallback(
    (written: string) => {
      const taken = takeJsonNow(written);
      taking.current = taken.catch(() => null);
      return taken;
    },
    [takeJsonNow],
  );

  const run = useCallback(async () => {
    await taking.current;
    const { face, json: own, filter: shown } = latest.current;
    const unread = face === "json" && typing.current === null ? jsonAfter(own, shown) : null;
    if (unread !== null) {
      const found = await readFilter(connection.id, "json", unread);
      if (found.problems.length > 0) return found;
    }
    const now = typing.current?.text ?? rested.current;
    const found = await readFilter(connection.id, "text", now);
    settle();
    if (found.problems.length > 0) return found;
    const { text: told, filter, json } = latest.current;
    if (told !== now || (isTyped.current && filter !== found.filter))
      tell({ text: now, filter: found.filter, json: jsonAfter(json, filter) });
    callbacks.current.onRun(latest.current);
    return found;
  }, [connection.id, settle, tell]);

  return {
    outside,
    reading: data,
    error: read.error ? toApiError(read.error) : null,
    typed,
    take,
    takeJson,
    dropJson: useCallback(() => tell({ json: null }), [tell]),
    show: useCallback((face, open) => tell({ face, open }), [tell]),
    run,
  };
}
