// What may be typed next, from the engine: fields, operators, values with their counts.
import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  completionStatus,
  insertCompletionText,
  moveCompletionSelection,
  pickedCompletion,
  selectedCompletionIndex,
} from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";
import type { FilterCompletion } from "../../../generated/types";
import { call } from "../../../host";

/** Between two keys, so that a burst of them asks once. */
const REST_MS = 40;

type Words = { count: (people: number) => string };

const offered = new WeakMap<Completion, FilterCompletion>();

function toCompletion(option: FilterCompletion, index: number): Completion {
  const completion: Completion = {
    label: option.label,
    detail: option.detail ?? undefined,
    type: option.kind,
    boost: -index,
    apply: (view: EditorView, picked: Completion, from: number, to: number) =>
      view.dispatch({
        ...insertCompletionText(view.state, option.insert, from, to),
        annotations: pickedCompletion.of(picked),
      }),
  };
  offered.set(completion, option);
  return completion;
}

/** Nothing is offered where nothing can be read; the line under the text says why. */
async function complete(connection: string, context: CompletionContext): Promise<CompletionResult | null> {
  const answer = await call("filter_complete", {
    connection,
    text: context.state.doc.toString(),
    cursor: context.pos,
  }).catch(() => null);
  if (!answer || context.aborted || answer.options.length === 0) return null;
  return {
    from: answer.from,
    to: answer.until,
    options: answer.options.map(toCompletion),
    filter: false,
  };
}

/** Tab takes the choice, or the first where none is chosen; without a list it leaves the field. */
function take(view: EditorView): boolean {
  if (completionStatus(view.state) !== "active") return false;
  if (selectedCompletionIndex(view.state) === null || selectedCompletionIndex(view.state) === -1)
    moveCompletionSelection(true)(view);
  return acceptCompletion(view);
}

export function completing(connection: string, words: () => Words): Extension {
  return [
    autocompletion({
      override: [(context) => complete(connection, context)],
      activateOnTypingDelay: REST_MS,
      // After a field comes an operator, after that a value.
      activateOnCompletion: ({ type }) => type === "field" || type === "operator",
      // Enter runs the question until somebody went into the list; so a key that comes right after
      // the list has opened takes nothing by accident.
      selectOnOpen: false,
      interactionDelay: 0,
      icons: false,
      defaultKeymap: false,
      // So few that the list never scrolls; the keys go through all.
      maxRenderedOptions: 12,
      addToOptions: [
        {
          position: 90,
          render: (completion) => {
            const people = offered.get(completion)?.count;
            if (people === null || people === undefined) return null;
            const count = document.createElement("span");
            count.className = "cm-count";
            count.textContent = words().count(people);
            return count;
          },
        },
      ],
    }),
    Prec.highest(keymap.of([{ key: "Tab", run: take }, ...completionKeymap])),
  ];
}
