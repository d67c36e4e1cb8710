import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PeopleCopy, PeopleQuestion } from "../../generated/types";
import { EVERYBODY, NOBODY, type Selection, selectedOf, withRows } from "../../shared/grid/selection";
import { show } from "../../shared/testing/show";
import { useTaking } from "../taking/useTaking";
import { usePeopleRows } from "./usePeopleRows";
import { useSelection } from "./useSelection";
import { FRESH_VIEW, type PeopleView, withQuestion } from "./view";

type Waiting = {
  input: PeopleQuestion;
  resolve: (answer: unknown) => void;
  reject: (refusal: unknown) => void;
};
const { asked, copied } = vi.hoisted(() => ({ asked: [] as Waiting[], copied: [] as PeopleCopy[] }));

vi.mock("../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  call: (_name: string, input: PeopleQuestion) =>
    new Promise((resolve, reject) => asked.push({ input, resolve, reject })),
}));
vi.mock("../taking/clipboard", () => ({
  copyPeople: async (request: PeopleCopy) => {
    copied.push(request);
    return { count: 1, text: "" };
  },
}));
const about = (text: string, id: number): PeopleView =>
  withQuestion(FRESH_VIEW, { ...FRESH_VIEW.query, text, filter: JSON.stringify({ id }) });
const five = about("id:5", 5);
const seven = about("id:7", 7);

/** What the place makes of its view: rows, a selection, copies. */
const place: {
  rows?: ReturnType<typeof usePeopleRows>;
  selection?: Selection;
  select?: (selection: Selection) => void;
  taking?: ReturnType<typeof useTaking>;
} = {};
function Place({ view }: { view: PeopleView }) {
  place.rows = usePeopleRows(view, "c", true);
  const { shown } = place.rows;
  const [selection, select] = useSelection(JSON.stringify(shown.who));
  Object.assign(place, { selection, select });
  place.taking = useTaking({ shown, columns: view.columns, selection });
  return null;
}

let shown: ReturnType<typeof show>;
const ask = (view: PeopleView) => shown.draw(<Place view={view} />);
const rested = () => new Promise((done) => setTimeout(done, 5));
const answer = (total: number) =>
  act(async () => {
    asked.at(-1)?.resolve({ total, possible: 0, offset: 0, rows: [], as_of: 1 });
    await rested();
  });
const refuse = () =>
  act(async () => {
    asked.at(-1)?.reject({ code: "offline", message: "", details: {} });
    await rested();
  });
const copy = async () => {
  await act(async () => place.taking?.copy("csv"));
  return copied.at(-1);
};

beforeEach(async () => {
  asked.length = 0;
  copied.length = 0;
  shown = show(<Place view={five} />);
  await shown.drawn;
  await answer(5);
});
afterEach(() => shown.end());

describe("rows of a question that gives way to another", () => {
  it("are still those that are selected and copied while the next are on their way", async () => {
    await act(async () => place.select?.(EVERYBODY));
    await ask(seven);
    expect(place.rows?.rows.stale).toBe(true);
    expect(selectedOf(place.selection ?? NOBODY, place.rows?.rows.answer?.total ?? 0)).toBe(5);
    expect((await copy())?.who.filter, "all that are on the screen").toBe(five.asked.filter);
  });

  it("stay so when the next question is refused", async () => {
    await ask(seven);
    await refuse();
    expect(place.rows?.rows.error?.code).toBe("offline");
    await act(async () => place.select?.(EVERYBODY));
    expect((await copy())?.who.filter).toBe(five.asked.filter);
    expect(place.rows?.shown.text).toBe("id:5");
  });

  it("take the selection with them when the next are there", async () => {
    await act(async () => place.select?.(withRows(NOBODY, [5], true)));
    await ask(seven);
    expect(place.selection?.ids.size).toBe(1);
    await answer(7);
    expect(place.selection?.ids.size).toBe(0);
    await act(async () => place.select?.(EVERYBODY));
    expect((await copy())?.who.filter).toBe(seven.asked.filter);
    expect(place.rows?.rows.answer?.total).toBe(7);
  });
});
