import { act, useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ViewColumn } from "../../generated/types";
import { show } from "../testing/show";
import { ColumnChooser } from "./ColumnChooser";

const of = (...ids: string[]): ViewColumn[] => ids.map((id) => ({ id, width: null, pinned: false }));
const COLUMNS = ["name", "role", "id"].map((id) => ({ id, header: id }));
const USUAL = of("name", "role");
let arranged: ViewColumn[] = [];

function Place() {
  const [columns, setColumns] = useState(USUAL);
  arranged = columns;
  return <ColumnChooser columns={COLUMNS} shown={columns} usual={USUAL} onShown={setColumns} />;
}

const press = async (element: HTMLElement | null) => {
  element?.focus();
  await act(async () => element?.click());
};
const box = (id: string) => document.querySelector<HTMLElement>(`[data-column=${id}] input`);
const ids = () => arranged.map(({ id }) => id).join(" ");

let shown: ReturnType<typeof show>;
beforeEach(async () => {
  shown = show(<Place />);
  await shown.drawn;
  await press(document.querySelector("button"));
});
afterEach(() => shown.end());

describe("the menu of columns", () => {
  it("keeps the focus on a column that is hidden and shown again", async () => {
    await press(box("name"));
    expect(ids()).toBe("role");
    expect(document.activeElement).toBe(box("name"));
    await press(box("name"));
    expect(ids()).toBe("role name");
    expect(document.activeElement).toBe(box("name"));
  });

  it("keeps the focus on the button that puts the columns back, though it then rests", async () => {
    await press(box("id"));
    const reset = document.querySelector<HTMLElement>("footer button");
    await press(reset);
    expect(ids()).toBe("name role");
    expect(document.activeElement).toBe(reset);
    expect(reset?.getAttribute("aria-disabled")).toBe("true");
    expect(reset?.hasAttribute("disabled")).toBe(false);
  });
});
