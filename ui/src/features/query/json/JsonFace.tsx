// The question as JSON: edited, checked, formatted, copied; and what of it is sent to the vendor.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentUnit } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { Button } from "@mantine/core";
import { IconCheck, IconCopy, IconIndentIncrease, IconTerminal2 } from "@tabler/icons-react";
import { type ReactNode, useEffect, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, FilterReading, Source } from "../../../generated/types";
import { call } from "../../../host";
import { useAct } from "../../../shared/errors/notify";
import { announce } from "../../../shared/states/announce";
import { copyText } from "../../taking/clipboard";
import { marks } from "../editor/marks";
import { useEditor } from "../editor/useEditor";
import { NoteWithLink } from "../NoteWithLink";
import { ProblemLine } from "../ProblemLine";
import { useProblemSaid } from "../problemWords";
import type { QueryState } from "../query";
import classes from "./JsonFace.module.css";
import { pretty } from "./pretty";
import { useWriting } from "./useWriting";

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

/** How long a button says that it copied. */
const SAID_MS = 1500;
const NONE: never[] = [];

export function JsonFace({ connection, source, query, reading, onType, onDrop }: Props) {
  const { t } = useTranslation();
  const problemId = useId();
  const shown = query.json ?? pretty(query.filter);
  const { outside, own, onWritten, settle, written } = useWriting({
    connection: connection.id,
    shown,
    onType,
  });

  const said = useProblemSaid();
  const problems = own?.problems ?? NONE;
  const fixed = (): Extension => [
    // Asking, or going elsewhere, takes what was typed last along.
    keymap.of([
      {
        key: "Mod-Enter",
        run: () => {
          settle();
          return false;
        },
      },
    ]),
    EditorView.domEventHandlers({ blur: settle }),
    keymap.of([...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap.filter(isOurs)]),
    history(),
    closeBrackets(),
    json(),
    indentUnit.of("  "),
    bracketMatching(),
    EditorView.lineWrapping,
  ];
  const changing = useMemo(
    () => [
      EditorView.contentAttributes.of({
        "aria-label": t("query.json.label"),
        tabindex: "0",
        ...(problems.length > 0 ? { "aria-invalid": "true", "aria-describedby": problemId } : {}),
      }),
      marks(problems, NONE, said),
    ],
    [t, problems, problemId, said],
  );
  const { parent, view, select } = useEditor({ outside, onType: onWritten, fixed, changing });

  const format = () => {
    const now = view.current;
    const neat = pretty(written());
    if (!now || neat === written()) return;
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
        <CopyText label={t("query.json.copy")} icon={<IconCopy size={15} />} text={written} />
        <CopyText
          label={t("query.json.curl")}
          icon={<IconTerminal2 size={15} />}
          text={() => call("people_curl", { connection: connection.id, filter: query.filter })}
        />
      </div>
      <div className={classes.both}>
        <div className={classes.editor} ref={parent} data-problem={problems.length > 0 || undefined} />
        {differs && <Sent sent={sent} isAll={reading?.sent_is_all ?? false} />}
      </div>
      <ProblemLine id={problemId} problems={problems} onShow={({ from, until }) => select(from, until)} />
      {problems.length > 0 && (
        <NoteWithLink link={t("query.json.drop")} onLink={onDrop}>
          {t("query.json.problems")}
        </NoteWithLink>
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

type CopyProps = { label: string; icon: ReactNode; text: () => string | Promise<string> };

/** Says that it was copied once it was. */
function CopyText({ label, icon, text }: CopyProps) {
  const { t } = useTranslation();
  const act = useAct();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    if (!(await act(() => copyText(text())))) return;
    setCopied(true);
    announce(t("copied"));
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={copied ? <IconCheck size={15} /> : icon}
      onClick={copy}
    >
      {copied ? t("copied") : label}
    </Button>
  );
}
