// The query language as colors: words of the grammar, fields, values.
import { StreamLanguage, type StringStream } from "@codemirror/language";

const WORD = /^[^\s()[\],:~<>=!"]+/u;

/** What stands before a value or a field is known by the operator between them. */
type State = { value: boolean };

function token(stream: StringStream, state: State): string | null {
  if (stream.eatSpace()) return null;
  if (stream.eat('"')) {
    let escaped = false;
    for (let character = stream.next(); character; character = stream.next()) {
      if (character === '"' && !escaped) break;
      escaped = character === "\\" && !escaped;
    }
    state.value = false;
    return "string";
  }
  if (stream.match(/^[:~<>=]+/)) {
    state.value = true;
    return "operator";
  }
  if (stream.eat("[")) {
    state.value = true;
    return "bracket";
  }
  if (stream.eat("]")) {
    state.value = false;
    return "bracket";
  }
  if (stream.eat(/[()]/)) {
    state.value = false;
    return "bracket";
  }
  if (stream.eat(",")) return "punctuation";
  if (!stream.match(WORD)) {
    stream.next();
    return null;
  }
  const word = stream.current();
  if (/^\d/.test(word)) {
    if (state.value && !/^\s*,/.test(rest(stream))) state.value = false;
    return "number";
  }
  if (/^\s*(?:[:~<>=])/.test(rest(stream))) return "propertyName";
  if (!state.value && /^(?:and|or|not|off)$/i.test(word)) return "keyword";
  state.value = /^\s*,/.test(rest(stream));
  return "string";
}

const rest = (stream: StringStream) => stream.string.slice(stream.pos);

export const queryLanguage = StreamLanguage.define<State>({
  name: "query",
  startState: () => ({ value: false }),
  copyState: (state) => ({ ...state }),
  token,
});
