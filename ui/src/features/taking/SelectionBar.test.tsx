import { act, useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NOBODY, withRows } from "../../shared/grid/selection";
import { show } from "../../shared/testing/show";
import { SelectionBar } from "./SelectionBar";

const nothing = () => {};
const rows = () => document.querySelector<HTMLElement>("[name=rows]");
function Place() {
  const [selection, select] = useState(withRows(NOBODY, [1], true));
  return (
    <>
      <button type="button" name="rows" />
      <SelectionBar
        selection={selection}
        total={9}
        onSelection={select}
        onClear={() => select(NOBODY)}
        onCopy={nothing}
        onExport={nothing}
        onChange={nothing}
        toRows={() => rows()?.focus()}
      />
    </>
  );
}

let shown: ReturnType<typeof show>;
beforeEach(async () => {
  shown = show(<Place />);
  await shown.drawn;
});
afterEach(() => shown.end());

async function press(name: string) {
  const buttons = [...document.querySelectorAll("button")];
  const button = buttons.find((own) => (own.getAttribute("aria-label") ?? own.textContent) === name);
  button?.focus();
  await act(async () => button?.click());
}

describe("the bar of the selected", () => {
  it("gives the focus to the rows when all are selected and the step to it is gone", async () => {
    await press("Select all 9 that match");
    expect(shown.text()).toContain("All 9 selected");
    expect(document.activeElement).toBe(rows());
  });

  it("gives the focus to the rows when it goes itself", async () => {
    await press("Clear the selection");
    expect(document.querySelector("section")).toBeNull();
    expect(document.activeElement).toBe(rows());
  });
});
