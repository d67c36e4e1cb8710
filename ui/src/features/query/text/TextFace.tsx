// The text of the question: one line that grows, with completion and squiggles.
import {
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  startCompletion,
} from "@codemirror/autocomplete";
import { history, historyKeymap, insertNewline, standardKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap, placeholder, tooltips } from "@codemirror/view";
import { type Ref, useImperativeHandle, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, FilterReading } from "../../../generated/types";
import { useFormat } from "../../../shared/format/useFormat";
import { ariaKeys } from "../../../shared/keys/actions";
import { LAYERS } from "../../../shared/theme/mantine";
import { marks } from "../editor/marks";
import { type Outside, useEditor } from "../editor/useEditor";
import { useProblemSaid } from "../problemWords";
import { completing } from "./complete";
import { queryLanguage } from "./language";
import classes from "./TextFace.module.css";

/** What the bar does with the text from outside. */
export type TextHandle = {
  focus: () => void;
  /** Selects a part and shows it. */
  select: (from: number, until: number) => void;
};

export type TextFaceProps = {
  connection: Connection;
  outside: Outside;
  /** What was typed into the field that stood here until this was loaded. */
  early: () => string | null;
  reading: FilterReading | undefined;
  /** The id of the words that say what is wrong. */
  describedBy: string | undefined;
  onType: (text: string) => void;
  onRun: () => void;
  onLeave: () => void;
  handle: Ref<TextHandle>;
};

export function TextFace(props: TextFaceProps) {
  const { connection, outside, reading, describedBy, handle } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const latest = useRef(props);
  latest.current = props;
  const count = useRef(format.number);
  count.current = format.number;

  const fixed = (): Extension => [
    Prec.high(
      keymap.of([
        { key: "Enter", run: run(latest), shift: insertNewline },
        { key: "Mod-Enter", run: run(latest) },
        { key: "Escape", run: leave(latest) },
        { key: "ArrowDown", run: offerIfEmpty },
      ]),
    ),
    keymap.of([...closeBracketsKeymap, ...historyKeymap, ...standardKeymap]),
    history(),
    closeBrackets(),
    EditorState.languageData.of(() => [{ closeBrackets: { brackets: ["(", "[", '"'] } }]),
    queryLanguage,
    bracketMatching({ maxScanDistance: 2_000 }),
    wrapping,
    tooltips({ parent: document.getElementById(LAYERS) ?? document.body, position: "fixed" }),
    completing(connection.id, () => ({ count: (people) => count.current(people) })),
  ];

  const said = useProblemSaid();
  const problems = reading?.problems;
  const clauses = reading?.clauses;
  const changing = useMemo(
    () => [
      placeholder(t("query.text.placeholder")),
      EditorState.phrases.of({ Completions: t("query.text.completions") }),
      EditorView.contentAttributes.of({
        "aria-label": t("query.text.label"),
        tabindex: "0",
        "aria-keyshortcuts": ariaKeys("query"),
        ...(problems?.length ? { "aria-invalid": "true" } : {}),
        ...(describedBy ? { "aria-describedby": describedBy } : {}),
      }),
      marks(problems ?? [], clauses ?? [], said),
    ],
    [t, problems, clauses, describedBy, said],
  );
  const { parent, view, select } = useEditor({
    outside,
    onType: props.onType,
    early: props.early,
    fixed,
    changing,
  });

  useImperativeHandle(handle, () => ({
    focus: () => {
      const now = view.current;
      now?.focus();
      now?.dispatch({ selection: { anchor: now.state.doc.length }, scrollIntoView: true });
    },
    select,
  }));
  return <div className={classes.text} ref={parent} />;
}

/** A longer line (thousands of ids) takes too long to wrap at each key: it scrolls sideways. */
const LONGEST_WRAPPED = 4_000;

const wrapping = EditorView.contentAttributes.compute(["doc"], ({ doc }): Record<string, string> => {
  let longest = 0;
  for (const line of doc.iterLines()) longest = Math.max(longest, line.length);
  return longest > LONGEST_WRAPPED ? {} : { class: "cm-lineWrapping" };
});

type Latest = { current: TextFaceProps };

const run = (latest: Latest) => (view: EditorView) => {
  // What is still looked for would be offered over the answer.
  closeCompletion(view);
  latest.current.onRun();
  return true;
};

const leave = (latest: Latest) => (view: EditorView) => {
  view.contentDOM.blur();
  latest.current.onLeave();
  return true;
};

/** An empty field has nothing to move in: the arrow shows what may be asked. */
function offerIfEmpty(view: EditorView): boolean {
  return view.state.doc.length === 0 && startCompletion(view);
}
