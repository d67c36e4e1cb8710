import { Modal } from "@mantine/core";
import { act, useState } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { settled, show } from "../testing/show";
import { LAYERS } from "../theme/mantine";
import { DayInput } from "./DayInput";

const said = vi.fn();
const closed = vi.fn();

function Field() {
  const [value, setValue] = useState<string | null>(null);
  const on = (next: string | null) => {
    said(next);
    setValue(next);
  };
  return (
    <Modal opened onClose={closed} title="Form">
      <DayInput label="Start" clearable value={value} onChange={on} />
      <button type="button" />
    </Modal>
  );
}

const input = () => document.querySelector("input");
const calendar = () => document.querySelector("table");

async function type(text: string) {
  await act(async () => {
    const field = input();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
    field?.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
const leave = () => act(async () => input()?.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
const press = (key: string) =>
  act(async () => input()?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));

describe("a day", () => {
  beforeEach(() => {
    said.mockClear();
    closed.mockClear();
    document.body.innerHTML = `<div id="${LAYERS}"></div>`;
  });

  it("is read in the ways it is written, and shown in one", async () => {
    const shown = show(<Field />);
    await shown.drawn;
    await settled();
    await type("31.1.2025");
    expect(said).toHaveBeenLastCalledWith("2025-01-31");
    expect(input()?.value, "what is typed does not move under the hands").toBe("31.1.2025");
    await leave();
    expect(input()?.value).toBe("2025-01-31");
    await shown.end();
  });

  it("that there is not stays as it was typed", async () => {
    const shown = show(<Field />);
    await shown.drawn;
    await settled();
    for (const text of ["2026-13-45", "tomorrow"]) {
      await type(text);
      await leave();
      expect(said).toHaveBeenLastCalledWith(text);
      expect(input()?.value).toBe(text);
    }
    await type("");
    expect(said).toHaveBeenLastCalledWith(null);
    await shown.end();
  });

  it("is chosen in a calendar that the first Esc closes, and the dialog the second", async () => {
    const shown = show(<Field />);
    await shown.drawn;
    await settled();
    await act(async () => input()?.focus());
    expect(calendar(), "the focus alone does not open it").toBeNull();
    await press("ArrowDown");
    await settled();
    expect(calendar()).not.toBeNull();
    await press("Escape");
    await settled();
    expect(calendar()).toBeNull();
    expect(closed).not.toHaveBeenCalled();
    await press("Escape");
    expect(closed).toHaveBeenCalledOnce();
    await shown.end();
  });
});
