import { act, createRef } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { show } from "../testing/show";
import { Grid } from "./Grid";
import type { GridHandle, GridProps } from "./props";
import { NOBODY, type Selection } from "./selection";

type Row = { id: number };

let shown: ReturnType<typeof show>;
beforeEach(async () => {
  shown = show(null);
  await shown.drawn;
});
afterEach(() => shown.end());

/** Longer than the grid takes to ask for rows and to tell of a press. */
const SETTLES_MS = 150;
const settle = () => act(() => new Promise((done) => setTimeout(done, SETTLES_MS)));
const nothing = () => {};
const plain = (id: string) => ({ id, width: null, pinned: false });

async function draw(more: Partial<GridProps<Row>> = {}) {
  const { total = 3 } = more;
  const rows = Array.from({ length: total }, (_, index) => ({ id: index + 1 }));
  const props: GridProps<Row> = {
    label: "People",
    columns: ["name", "id"].map((id) => ({ id, header: id, width: 80, text: (row) => `${id} ${row.id}` })),
    // The first is of another platform.
    shown: ["finess", "name", "id"].map(plain),
    onShown: nothing,
    question: "q",
    version: "1",
    total,
    ask: async () => ({ total, offset: 0, rows }),
    sort: { keys: [], onSort: nothing, refusal: () => null },
    active: null,
    onOpen: nothing,
    onClose: nothing,
    onError: nothing,
    ...more,
  };
  await shown.draw(<Grid {...props} />);
  await settle();
}

const cell = (row: number, column: string) =>
  document.querySelector<HTMLElement>(`.ag-row[row-index="${row}"] [col-id="${column}"]`);
const focused = () => {
  const own = document.activeElement;
  return `${own?.closest(".ag-row")?.getAttribute("row-index")} ${own?.getAttribute("col-id")}`;
};

/** Presses a key where the focus is; answers what the browser would still do with it. */
async function press(key: string, more: KeyboardEventInit = {}) {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  document.activeElement?.dispatchEvent(event);
  const prevented = event.defaultPrevented;
  await settle();
  return { prevented };
}

describe("the focus that is given to a grid", () => {
  it("goes to the first cell that there is", async () => {
    const handle = createRef<GridHandle>();
    await draw({ handle });
    await act(async () => handle.current?.focus());
    expect(focused()).toBe("0 name");
  });

  it("waits in the grid for rows, and does not fall to the window", async () => {
    const handle = createRef<GridHandle>();
    await draw({ handle, total: 0 });
    await act(async () => handle.current?.focus());
    expect(document.activeElement).not.toBe(document.body);
    await draw({ handle, version: "2", question: "r" });
    expect(focused()).toBe("0 name");
  });
});

describe("keys in a grid with boxes", () => {
  const selected: Selection[] = [];
  const selecting = {
    value: NOBODY,
    onChange: (selection: Selection) => selected.push(selection),
    label: ({ id }: Row) => `Select ${id}`,
    labelOfAll: "Select all",
    onCopy: nothing,
    onTooLong: nothing,
  };
  beforeEach(async () => {
    selected.length = 0;
    await draw({ selecting });
  });

  it("select without anything that the browser would do with them", async () => {
    cell(1, "name")?.focus();
    expect(await press(" ")).toEqual({ prevented: true });
    expect(selected.at(-1)?.ids).toEqual(new Set([2]));
    expect(await press("a", { ctrlKey: true })).toEqual({ prevented: true });
    expect(selected.at(-1)?.ids).toEqual(new Set([1, 2, 3]));
  });

  it("move from the column of boxes too", async () => {
    cell(2, "select")?.focus();
    await press("Home");
    expect(focused()).toBe("0 select");
    await press("End");
    expect(focused()).toBe("2 id");
  });
});
