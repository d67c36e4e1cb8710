// A CodeMirror editor in React: made once, told of what changes outside, tells what is typed.
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { styleNonce } from "../../../shared/theme/nonce";
import { editorTheme } from "./theme";

/** A text that comes from elsewhere; a new object replaces what stands in the editor. */
export type Outside = { text: string };

type Options = {
  outside: Outside;
  onType: (text: string) => void;
  /** What was typed before the editor was there. */
  early?: () => string | null;
  /** What stays as it is. */
  fixed: () => Extension;
  /** What changes with properties: labels, marks. Keep it stable while it says the same. */
  changing: Extension;
};

/** Marks a change that nobody typed. */
const fromOutside = Annotation.define<boolean>();

/**
 * Typing over a selection, as one change of the text: WebKit takes seconds to take a long selection
 * out of the page by itself.
 */
const typingOver = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { inputType, data, isComposing } = event;
    const { from, to, empty } = view.state.selection.main;
    if (inputType !== "insertText" || data === null || isComposing || empty) return false;
    event.preventDefault();
    const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: "input.type" });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, data, insert))) view.dispatch(insert());
    return true;
  },
});

export function useEditor({ outside, onType, early, fixed, changing }: Options) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ outside, onType, early, fixed, changing });
  latest.current = { outside, onType, early, fixed, changing };
  const applied = useRef(outside);
  const compartment = useRef(new Compartment());

  // Before whoever holds the editor is told of it, so that it can take the focus at once.
  useLayoutEffect(() => {
    if (!parent.current) return;
    const nonce = styleNonce();
    const { outside, early, fixed, changing } = latest.current;
    const text = early?.() ?? outside.text;
    const made = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: text,
        selection: { anchor: text.length },
        extensions: [
          nonce ? EditorView.cspNonce.of(nonce) : [],
          fixed(),
          compartment.current.of(changing),
          editorTheme,
          typingOver,
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            if (update.transactions.some((each) => each.annotation(fromOutside))) return;
            latest.current.onType(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);

  useEffect(() => {
    if (applied.current === outside) return;
    applied.current = outside;
    if (view.current) replace(view.current, outside.text);
  }, [outside]);

  useEffect(() => {
    view.current?.dispatch({ effects: compartment.current.reconfigure(changing) });
  }, [changing]);

  /** Selects a part, shows it and has the focus there. What was read may be older than what stands there. */
  const select = useCallback((from: number, until: number) => {
    const now = view.current;
    if (!now) return;
    const end = now.state.doc.length;
    now.dispatch({
      selection: { anchor: Math.min(from, end), head: Math.min(until, end) },
      scrollIntoView: true,
    });
    now.focus();
  }, []);
  return { parent, view, select };
}

/** Replaces only what differs, so that the cursor stays and undo brings the old text back. */
function replace(view: EditorView, text: string) {
  const old = view.state.doc.toString();
  if (old === text) return;
  const most = Math.min(old.length, text.length);
  let from = 0;
  while (from < most && old[from] === text[from]) from += 1;
  let tail = 0;
  while (tail < most - from && old.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
  view.dispatch({
    changes: { from, to: old.length - tail, insert: text.slice(from, text.length - tail) },
    annotations: fromOutside.of(true),
  });
}
