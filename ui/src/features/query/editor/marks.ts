// Marks in an editor: problems with squiggles, parts that are off struck through.
import { type Extension, type Range, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, hoverTooltip, WidgetType } from "@codemirror/view";
import type { ClauseNote, FilterProblem } from "../../../generated/types";
import type { ProblemWords } from "../problemWords";

const problem = Decoration.mark({ class: "cm-problem" });
const off = Decoration.mark({ class: "cm-off" });

/** A mark between two characters, for a problem without a character of its own. */
class Missing extends WidgetType {
  override toDOM() {
    const element = document.createElement("span");
    element.className = "cm-problem-end";
    return element;
  }
}
const missing = Decoration.widget({ widget: new Missing(), side: 1 });

type Span = { from: number; until: number };

/** What was read may be older than what is typed: marks stay inside the text. */
function inside({ from, until }: Span, length: number): Span | null {
  return from > length ? null : { from, until: Math.min(until, length) };
}

/** `said`: a problem in the words of the person. */
export function marks(
  problems: readonly FilterProblem[],
  clauses: readonly ClauseNote[],
  said: ProblemWords,
): Extension {
  const draw = (length: number): DecorationSet => {
    const ranges: Range<Decoration>[] = [];
    for (const clause of clauses) {
      const span = clause.runs === "off" ? inside(clause, length) : null;
      if (span && span.until > span.from) ranges.push(off.range(span.from, span.until));
    }
    for (const each of problems) {
      const span = inside(each, length);
      if (!span) continue;
      ranges.push(
        span.until > span.from ? problem.range(span.from, span.until) : missing.range(span.from, span.from),
      );
    }
    return Decoration.set(ranges, true);
  };
  // What is typed before the next reading moves them along.
  const decorations = StateField.define<DecorationSet>({
    create: (state) => draw(state.doc.length),
    update: (drawn, transaction) => drawn.map(transaction.changes),
    provide: (field) => EditorView.decorations.from(field),
  });
  const hover = hoverTooltip((_view, position) => {
    const found = problems.find(({ from, until }) => from <= position && position <= until);
    if (!found) return null;
    return {
      pos: found.from,
      end: found.until,
      create: () => {
        const dom = document.createElement("div");
        dom.className = "cm-problem-words";
        dom.textContent = said(found);
        return { dom };
      },
    };
  });
  return [decorations, hover];
}
