import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ActivityEntry } from "../../generated/types";
import { show } from "../../shared/testing/show";
import { EntryList } from "./EntryList";

const entries: ActivityEntry[] = [3, 2, 1].map((no) => ({
  no,
  at: new Date(`2026-11-2${no}T08:00:00`).getTime(),
  account: "anna",
  key_id: 7,
  kind: "export",
  target: { what: "file", id: null, name: `/tmp/${no}.csv` },
  request_id: null,
  outcome: "done",
  detail: { people: no },
  previous: "",
  hash: "",
}));

describe("the list of entries", () => {
  let end = () => Promise.resolve();
  afterEach(() => end());

  async function list(props: Partial<Parameters<typeof EntryList>[0]> = {}) {
    const opened = vi.fn();
    const shown = show(
      <EntryList
        entries={entries}
        active={null}
        brokenAt={null}
        more={false}
        onMore={() => undefined}
        onOpen={opened}
        {...props}
      />,
    );
    end = shown.end;
    await shown.drawn;
    const options = [...document.querySelectorAll<HTMLElement>('[role="option"]')];
    const press = (key: string) =>
      act(async () =>
        document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })),
      );
    return { opened, options, press };
  }

  it("is one stop of Tab, has a group a day, and arrows move in it", async () => {
    const { options, press, opened } = await list();
    expect(document.querySelectorAll('[role="group"]').length).toBe(3);
    expect(options.map((option) => option.tabIndex)).toEqual([0, -1, -1]);
    await act(async () => options[0]?.focus());
    await press("ArrowDown");
    expect(document.activeElement).toBe(options[1]);
    await press("End");
    expect(document.activeElement).toBe(options[2]);
    expect(opened).not.toHaveBeenCalled();
    await press("Enter");
    expect(opened).toHaveBeenCalledWith(entries[2]);
  });

  it("opens what the arrows reach while one is open", async () => {
    const { options, press, opened } = await list({ active: 3 });
    await act(async () => options[0]?.focus());
    await press("ArrowDown");
    expect(opened).toHaveBeenCalledWith(entries[1]);
  });

  it("marks what is not proven, in words too", async () => {
    const { options } = await list({ brokenAt: 2 });
    const marked = options.map((option) => option.textContent?.includes("Not proven"));
    expect(marked).toEqual([true, true, false]);
  });
});
