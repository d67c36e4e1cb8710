// How an editor looks: the tokens of the window, and what syntax is colored with.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const theme = EditorView.theme({
  "&": { color: "var(--m-text)", backgroundColor: "transparent", fontSize: "var(--m-text-sm)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--m-mono)", lineHeight: "1.55", overflow: "auto" },
  // Lines that wrap need no bar below them: a fraction of a pixel would keep room for one in WebKit.
  ".cm-scroller:has(> .cm-lineWrapping)": { overflowX: "hidden" },
  ".cm-content": { caretColor: "var(--m-text)", padding: "0", userSelect: "text", cursor: "text" },
  ".cm-line": { padding: "0" },
  // An empty text is one line high, however narrow it is.
  ".cm-placeholder": {
    maxWidth: "100%",
    overflow: "hidden",
    color: "var(--m-text-3)",
    fontFamily: "var(--m-font)",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  // The page's own caret and selection: a drawn caret blinks by an animation, which keeps WebKit painting.
  ".cm-line::selection, .cm-line ::selection": { backgroundColor: "var(--m-accent-soft)" },
  ".cm-gutters": { display: "none" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--m-accent-soft)", outline: "none" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--m-danger-soft)", outline: "none" },
  ".cm-problem": {
    textDecorationLine: "underline",
    textDecorationStyle: "wavy",
    textDecorationColor: "var(--m-danger)",
    textDecorationThickness: "1px",
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  },
  ".cm-problem-end": {
    display: "inline-block",
    width: "0.6em",
    height: "1em",
    verticalAlign: "text-bottom",
    borderBottom: "2px solid var(--m-danger)",
  },
  ".cm-problem-words": { maxWidth: "24rem", padding: "0.3rem 0.5rem", fontSize: "var(--m-text-sm)" },
  ".cm-off": { textDecorationLine: "line-through", textDecorationColor: "var(--m-text-3)" },
  ".cm-off, .cm-off *": { color: "var(--m-text-3)" },
  ".cm-tooltip": {
    backgroundColor: "var(--m-raised)",
    color: "var(--m-text)",
    border: "1px solid var(--m-line)",
    borderRadius: "var(--m-radius)",
    boxShadow: "var(--m-shadow)",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--m-font)",
    fontSize: "var(--m-text-sm)",
    minWidth: "17rem",
    maxWidth: "min(34rem, 92vw)",
    maxHeight: "none",
    padding: "var(--m-1)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    alignItems: "baseline",
    gap: "var(--m-3)",
    padding: "0.3rem 0.5rem",
    borderRadius: "var(--m-radius-sm)",
    lineHeight: "1.4",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--m-accent-soft)",
    color: "var(--m-text)",
  },
  ".cm-completionLabel": {
    fontFamily: "var(--m-mono)",
    overflow: "hidden",
    textOverflow: "ellipsis",
    flex: "0 1 auto",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "650" },
  ".cm-completionDetail": {
    color: "var(--m-text-2)",
    fontStyle: "normal",
    marginLeft: "0",
    overflow: "hidden",
    textOverflow: "ellipsis",
    flex: "1 1 0",
  },
  ".cm-count": {
    marginLeft: "auto",
    color: "var(--m-text-2)",
    fontVariantNumeric: "tabular-nums",
    fontSize: "var(--m-text-xs)",
  },
});

const colors = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--m-accent-text)" },
  { tag: tags.operator, color: "var(--m-text-2)" },
  { tag: tags.keyword, fontWeight: "650" },
  { tag: tags.string, color: "var(--m-ok)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--m-query-number)" },
  { tag: [tags.punctuation, tags.bracket], color: "var(--m-text-2)" },
]);

export const editorTheme: Extension = [theme, syntaxHighlighting(colors)];
