import type { SuppressKeyboardEventParams } from "ag-grid-community";
import { describe, expect, it } from "vitest";
import { toColDef } from "./columns";
import type { Board } from "./SortHeader";
import { type Boxes, boxColumn } from "./selecting";

type Row = { id: number };
const board: Board = {
  sort: () => ({ keys: [], onSort: () => {}, refusal: () => null }),
  headers: new Set(),
};
const boxes: Boxes<Row> = {
  isSelected: () => false,
  summary: () => "none",
  label: () => "",
  labelOfAll: "",
  onAll: () => {},
  headers: new Set(),
};
const text = toColDef<Row>(
  { id: "name", header: "Name", width: 100, text: () => "" },
  { width: null, pinned: false },
  board,
);
const box = boxColumn(boxes, false);

/** Whether the grid leaves a press to us, and whether the browser does. */
function press(column: typeof text, key: string, more: KeyboardEventInit = {}) {
  const event = new KeyboardEvent("keydown", { key, cancelable: true, ...more });
  const ours = column.suppressKeyboardEvent?.({ event } as SuppressKeyboardEventParams<Row>);
  return { ours, prevented: event.defaultPrevented };
}

describe("a press in a cell", () => {
  it.each([
    [" ", {}],
    ["a", { ctrlKey: true }],
    ["A", { metaKey: true }],
    ["ArrowDown", { shiftKey: true }],
  ])("that selects (%j) neither scrolls nor selects text", (key, more) => {
    for (const column of [text, box])
      expect(press(column, key, more)).toEqual({ ours: true, prevented: true });
  });

  it("with Ctrl and D is left to the window, whose key it is", () => {
    for (const column of [text, box])
      expect(press(column, "d", { ctrlKey: true })).toEqual({ ours: true, prevented: false });
  });

  it.each(["Home", "End", "PageUp", "PageDown", "ArrowDown", "Tab", "Escape"])(
    "of %s is the grid’s own in every column, that of the boxes too",
    (key) => {
      for (const column of [text, box]) expect(press(column, key)).toEqual({ ours: false, prevented: false });
    },
  );
});
