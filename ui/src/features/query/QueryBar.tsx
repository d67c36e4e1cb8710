// The query bar: one question with three faces. The text stands above; builder and JSON open below it.
import { ActionIcon, Loader, SegmentedControl } from "@mantine/core";
import { IconChevronDown, IconFilter, IconPlayerPlay, IconX } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError, Connection, FilterProblem, FilterReading, Source } from "../../generated/types";
import { useAct } from "../../shared/errors/notify";
import { useErrorWords } from "../../shared/errors/useErrorWords";
import { ariaKeys } from "../../shared/keys/actions";
import { Hint } from "../../shared/keys/Hint";
import { useAction } from "../../shared/keys/useAction";
import { announce } from "../../shared/states/announce";
import { ClauseStrip } from "./ClauseStrip";
import { FacePanel } from "./FacePanel";
import { NoteWithLink } from "./NoteWithLink";
import { ProblemLine } from "./ProblemLine";
import { useProblemWords } from "./problemWords";
import classes from "./QueryBar.module.css";
import { type Face, jsonAfter, type QueryState } from "./query";
import type { TextHandle } from "./text/TextFace";
import { useQuestion } from "./useQuestion";

const TextFace = lazy(() => import("./text/TextFace").then(({ TextFace }) => ({ default: TextFace })));

/** What the place knows of the question that it last asked. */
export type QueryResult = {
  /** The criteria that the rows answer. */
  filter: string | null;
  /** Whether an answer is on its way. */
  busy: boolean;
};

type Props = {
  connection: Connection;
  source: Source;
  query: QueryState;
  /** The question changed; it is kept, and asked only by `onRun`. */
  onChange: (next: QueryState) => void;
  onRun: (asked: QueryState) => void;
  result: QueryResult | null;
  /** At the right end: recent questions, saved views. */
  actions?: ReactNode;
  /** Where the focus goes when Escape leaves the text. */
  onLeave?: () => void;
};

const FACES: readonly Face[] = ["text", "builder", "json"];
const nowhere = () => {};

export function QueryBar({ connection, source, query, onChange, onRun, result, actions, onLeave }: Props) {
  const { t } = useTranslation();
  const question = useQuestion({ connection, query, onChange, onRun });
  const { reading, show } = question;
  const act = useAct();
  const text = useRef<TextHandle>(null);
  // Until the editor is loaded a plain field stands in its place; what is typed there moves over.
  const waiting = useRef<HTMLInputElement>(null);
  const early = useRef<string | null>(null);
  const wantsFocus = useRef(false);
  const problemId = useId();
  const panelId = useId();
  const words = useProblemWords();
  const [pressed, setPressed] = useState(0);
  const problems = useRested(reading?.problems, pressed);
  const refusal = useRefusal(question.error);

  const focus = () => {
    if (text.current) text.current.focus();
    else waiting.current?.focus();
  };
  const takeOver = (editor: TextHandle | null) => {
    text.current = editor;
    if (editor && wantsFocus.current) editor.focus();
    if (editor) wantsFocus.current = false;
  };
  useAction("query", focus);

  const tell = (found: FilterReading | null) => {
    const [first] = found?.problems ?? [];
    if (!first) return;
    setPressed((count) => count + 1);
    announce(words(first));
    if (query.face !== "json") focus();
  };
  const run = () => act(async () => tell(await question.run()));
  /** What another face made of the question; null if it was taken, or could not be read at all. */
  const told = async (read: () => Promise<FilterReading | null>) => {
    let found: FilterReading | null = null;
    await act(async () => {
      found = await read();
    });
    return found;
  };
  const take = (filter: string | null) => told(() => question.take(filter));
  const clear = () => {
    take(null);
    focus();
  };
  const discard = () => {
    question.dropJson();
    focus();
  };

  const changed = result !== null && result.filter !== query.filter;

  return (
    <section
      className={classes.bar}
      aria-label={t("query.label")}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
        event.preventDefault();
        run();
      }}
    >
      <div className={classes.line}>
        <SegmentedControl
          size="xs"
          radius="md"
          aria-label={t("query.faces.label")}
          className={classes.faces}
          value={query.face}
          onChange={(face) => show(face, face !== "text")}
          data={FACES.map((face) => ({ value: face, label: t(`query.faces.${face}`) }))}
        />
        <div className={classes.frame} data-problem={problems.length > 0 || undefined}>
          <IconFilter size={16} stroke={1.7} className={classes.icon} aria-hidden />
          <Suspense
            fallback={
              <input
                ref={waiting}
                className={classes.waiting}
                aria-label={t("query.text.label")}
                defaultValue={query.text}
                onFocus={() => {
                  wantsFocus.current = true;
                }}
                onBlur={({ relatedTarget }) => {
                  // Without a next element it is the field itself that goes.
                  if (relatedTarget) wantsFocus.current = false;
                }}
                onChange={(event) => {
                  early.current = event.currentTarget.value;
                  question.typed(early.current);
                }}
                onKeyDown={(event) => event.key === "Enter" && run()}
              />
            }
          >
            <TextFace
              connection={connection}
              outside={question.outside}
              early={() => early.current}
              reading={reading}
              describedBy={problems.length > 0 || refusal ? problemId : undefined}
              onType={question.typed}
              onRun={run}
              onLeave={onLeave ?? nowhere}
              handle={takeOver}
            />
          </Suspense>
          {query.text !== "" && (
            <Hint label={t("query.clear")}>
              <ActionIcon size={26} aria-label={t("query.clear")} onClick={clear}>
                <IconX size={14} />
              </ActionIcon>
            </Hint>
          )}
          <Hint label={t("query.run")} action="run">
            <ActionIcon
              size={26}
              variant={changed ? "filled" : "subtle"}
              aria-label={t("query.run")}
              aria-keyshortcuts={ariaKeys("run")}
              aria-busy={result?.busy || undefined}
              onClick={run}
            >
              {result?.busy ? (
                <Loader size={14} color="currentColor" />
              ) : (
                <IconPlayerPlay size={15} stroke={1.8} />
              )}
            </ActionIcon>
          </Hint>
        </div>
        {query.face !== "text" && (
          <Hint label={query.open ? t("query.close") : t("query.open")}>
            <ActionIcon
              aria-label={query.open ? t("query.close") : t("query.open")}
              aria-expanded={query.open}
              aria-controls={query.open ? panelId : undefined}
              onClick={() => show(query.face, !query.open)}
            >
              <IconChevronDown size={17} className={classes.chevron} data-open={query.open || undefined} />
            </ActionIcon>
          </Hint>
        )}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      <ProblemLine
        id={problemId}
        problems={problems}
        refusal={refusal}
        onShow={({ from, until }) => text.current?.select(from, until)}
      />
      {reading && problems.length === 0 && (
        <ClauseStrip
          clauses={reading.clauses}
          source={source}
          onShow={({ from, until }) => text.current?.select(from, until)}
        />
      )}
      {query.face !== "json" && jsonAfter(query.json, query.filter) !== null && (
        <NoteWithLink
          link={t("query.json.open")}
          onLink={() => show("json", true)}
          other={{ link: t("query.json.discard"), onLink: discard }}
        >
          {t("query.json.kept")}
        </NoteWithLink>
      )}
      {query.face !== "text" && query.open && (
        <FacePanel
          id={panelId}
          face={query.face}
          connection={connection}
          source={source}
          query={query}
          reading={reading}
          onTake={take}
          onJson={(written) => told(() => question.takeJson(written))}
          onDropJson={question.dropJson}
          onRun={run}
          onText={() => {
            show("text", false);
            focus();
          }}
        />
      )}
    </section>
  );
}

/** Why nothing can be understood now, as a sentence that is said once. */
function useRefusal(error: ApiError | null): string | null {
  const words = useErrorWords();
  const { title = null, body } = error ? words(error) : {};
  const sentence = title && `${title}. ${body}`;
  useEffect(() => {
    if (sentence) announce(sentence);
  }, [sentence]);
  return sentence;
}

/** While somebody types, half a condition is not yet a mistake. */
const MISTAKE_AFTER_MS = 700;
const NONE: FilterProblem[] = [];

/** Problems once typing rests, or at once when the person asked all the same. */
function useRested(problems: FilterProblem[] | undefined, pressed: number): FilterProblem[] {
  const [rested, setRested] = useState<FilterProblem[]>(NONE);
  const seen = useRef(pressed);
  useEffect(() => {
    const now = problems ?? NONE;
    const asked = seen.current !== pressed;
    seen.current = pressed;
    if (now.length === 0 || asked) {
      setRested(now);
      return;
    }
    const timer = setTimeout(() => setRested(now), MISTAKE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [problems, pressed]);
  return rested;
}
