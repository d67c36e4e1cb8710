// The question as JSON: edited, checked, formatted, copied; and what of it is sent to the vendor.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentUnit } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy, IconIndentIncrease, IconTerminal2 } from "@tabler/icons-react";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, FilterReading, Source } from "../../../generated/types";
import { call } from "../../../host";
import { useAct } from "../../../shared/errors/notify";
import { announce } from "../../../shared/states/announce";
import { marks } from "../editor/marks";
import { type Outside, useEditor } from "../editor/useEditor";
import { ProblemLine } from "../ProblemLine";
import type { QueryState } from "../query";
import { readFilter } from "../reads";
import classes from "./JsonFace.module.css";
import { pretty } from "./pretty";

type Props = {
  connection: Connection;
  source: Source;
  query: QueryState;
  /** What was understood of the question; undefined while its text has problems. */
  reading: FilterReading | undefined;
  onType: (written: string) => Promise<FilterReading | null>;
  /** The own writing is given up for the question. */
  onDrop: () => void;
};

const REST_MS = 120;
const NONE: never[] = [];

export function JsonFace({ connection, source, query, reading, onType, onDrop }: Props) {
  const { t } = useTranslation();
  const problemId = useId();
  const shown = query.json ?? pretty(query.filter);
  const written = useRef(shown);
  const [outside, setOutside] = useState<Outside>({ text: shown });
  const [own, setOwn] = useState<FilterReading | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(onType);
  latest.current = onType;

  // The question changed in another face.
  useEffect(() => {
    if (shown === written.current) return;
    written.current = shown;
    setOwn(null);
    setOutside({ text: shown });
  }, [shown]);
  // What was kept with problems shows them again.
  useEffect(() => {
    // If it cannot be read now, the line under the text says why.
    if (written.current !== "") readFilter(connection.id, "json", written.current).then(setOwn, () => null);
  }, [connection.id]);

  const read = () => {
    clearTimeout(timer.current);
    const now = written.current;
    latest.current(now).then((found) => {
      if (found && now === written.current) setOwn(found);
    });
  };
  const pending = useRef(false);
  const settle = useRef(() => {});
  settle.current = () => {
    if (!pending.current) return;
    pending.current = false;
    read();
  };
  useEffect(() => () => settle.current(), []);
  const onWritten = (text: string) => {
    written.current = text;
    pending.current = true;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => settle.current(), REST_MS);
  };

  const problems = own?.problems ?? NONE;
  const fixed = (): Extension => [
    // Asking, or going elsewhere, takes what was typed last along.
    keymap.of([
      {
        key: "Mod-Enter",
        run: () => {
          settle.current();
          return false;
        },
      },
    ]),
    EditorView.domEventHandlers({ blur: () => settle.current() }),
    keymap.of([...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap.filter(isOurs)]),
    history(),
    closeBrackets(),
    json(),
    indentUnit.of("  "),
    bracketMatching(),
    drawSelection(),
    EditorView.lineWrapping,
  ];
  const changing = useMemo(
    () => [
      EditorView.contentAttributes.of({
        "aria-label": t("query.json.label"),
        tabindex: "0",
        ...(problems.length > 0 ? { "aria-invalid": "true", "aria-describedby": problemId } : {}),
      }),
      marks(problems, NONE),
    ],
    [t, problems, problemId],
  );
  const { parent, view } = useEditor({ outside, onType: onWritten, fixed, changing });

  const format = () => {
    const now = view.current;
    const neat = pretty(written.current);
    if (!now || neat === written.current) return;
    now.dispatch({ changes: { from: 0, to: now.state.doc.length, insert: neat }, userEvent: "input" });
  };
  const sent = reading?.sent ?? null;
  const differs = reading !== undefined && source === "live" && sent !== query.filter;

  return (
    <div className={classes.face}>
      <div className={classes.tools}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconIndentIncrease size={15} />}
          onClick={format}
        >
          {t("query.json.format")}
        </Button>
        <Copy text={() => written.current} />
        <CopyCurl connection={connection} filter={query.filter} />
      </div>
      <div className={classes.both}>
        <div className={classes.editor} ref={parent} data-problem={problems.length > 0 || undefined} />
        {differs && <Sent sent={sent} isAll={reading?.sent_is_all ?? false} />}
      </div>
      <ProblemLine
        id={problemId}
        problems={problems}
        onShow={({ from, until }) => {
          const now = view.current;
          if (!now) return;
          const end = now.state.doc.length;
          now.dispatch({
            selection: { anchor: Math.min(from, end), head: Math.min(until, end) },
            scrollIntoView: true,
          });
          now.focus();
        }}
      />
      {problems.length > 0 && (
        <p className={classes.note}>
          {t("query.json.problems")}{" "}
          <button type="button" className={classes.link} onClick={onDrop}>
            {t("query.json.drop")}
          </button>
        </p>
      )}
    </div>
  );
}

/** What a live question sends, where that is not the whole question. */
function Sent({ sent, isAll }: { sent: string | null; isAll: boolean }) {
  const { t } = useTranslation();
  return (
    <section className={classes.sent} aria-label={t("query.json.sent")}>
      <strong>{t("query.json.sent")}</strong>
      <p className={classes.note}>
        {isAll
          ? t("query.json.sent_all")
          : sent === null
            ? t("query.json.sent_nothing")
            : t("query.json.rest")}
      </p>
      {sent !== null && <pre className={`${classes.code} selectable`}>{pretty(sent)}</pre>}
    </section>
  );
}

/** Keys of the window that an editor must not take: Ctrl+K and its like, and Enter with Ctrl, which asks. */
const isOurs = ({ key }: { key?: string }) =>
  key !== "Mod-Enter" && key !== "Mod-/" && key !== "Alt-A" && key !== "Ctrl-m";

function Copy({ text }: { text: () => string }) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={clipboard.copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
      onClick={() => clipboard.copy(text())}
    >
      {clipboard.copied ? t("copied") : t("query.json.copy")}
    </Button>
  );
}

function CopyCurl({ connection, filter }: { connection: Connection; filter: string | null }) {
  const { t } = useTranslation();
  const act = useAct();
  const clipboard = useClipboard({ timeout: 1500 });
  const copy = () =>
    act(async () => {
      clipboard.copy(await call("people_curl", { connection: connection.id, filter }));
      announce(t("copied"));
    });
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={clipboard.copied ? <IconCheck size={15} /> : <IconTerminal2 size={15} />}
      onClick={copy}
    >
      {clipboard.copied ? t("copied") : t("query.json.curl")}
    </Button>
  );
}
