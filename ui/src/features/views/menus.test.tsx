import { Notifications } from "@mantine/notifications";
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Connection } from "../../generated/types";
import { settled, show } from "../../shared/testing/show";
import { FRESH_VIEW, toViewState } from "../people/view";
import { RecentsMenu } from "./RecentsMenu";
import { SharedPreview } from "./SharedPreview";
import { ViewsMenu } from "./ViewsMenu";

const host = vi.hoisted(() => ({ answer: new Map<string, (of: unknown) => Promise<unknown>>() }));
vi.mock("../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  choosesFiles: false,
  call: (name: string, of: unknown) => host.answer.get(name)?.(of) ?? new Promise(() => {}),
}));
const refused = () => Promise.reject({ code: "damaged_file", message: "", details: {} });
const REFUSED = "The copy on this computer is damaged";
const state = toViewState(FRESH_VIEW);

let shown: ReturnType<typeof show>;
const open = async (menu: Parameters<typeof show>[0]) => {
  shown = show(menu);
  await shown.drawn;
  await act(async () => document.querySelector("button")?.click());
  await settled();
};
beforeEach(() => host.answer.clear());
afterEach(() => shown.end());

describe("a menu that cannot be read", () => {
  it("of recent questions says so, not that none was asked", async () => {
    host.answer.set("recents_list", refused);
    await open(<RecentsMenu connection="c" onAsk={() => {}} />);
    expect(shown.text()).toContain(REFUSED);
    expect(shown.text()).not.toContain("No questions were asked yet");
  });

  it("of views says so, and while it is read does not say that there are none", async () => {
    const menu = <ViewsMenu connection={{ id: "c" } as Connection} state={state} saved={null} />;
    await open(menu);
    expect(shown.text()).toContain("Loading…");
    expect(shown.text()).not.toContain("No saved views yet");
    await shown.end();

    host.answer.set("views_list", refused);
    await open(menu);
    expect(shown.text()).toContain(REFUSED);
    expect(shown.text()).not.toContain("No saved views yet");
  });
});

describe("a view whose changes are saved", () => {
  it("says so, and can have back what it kept before", async () => {
    const kept: unknown[] = [];
    const before = { ...state, text: "role:reseller" };
    const view = { id: "v", name: "Mine", state: before, problems: [] };
    host.answer.set("views_list", async () => [view]);
    host.answer.set("workspace_get", async () => null);
    host.answer.set("workspace_set", async () => null);
    host.answer.set("view_save", async (draft) => {
      kept.push(draft);
      return { ...view, state: (draft as { state: unknown }).state };
    });
    await open(
      <>
        <ViewsMenu connection={{ id: "c" } as Connection} state={state} saved="v" />
        <Notifications withinPortal={false} />
      </>,
    );
    const press = async (words: string) => {
      const buttons = [...document.querySelectorAll("button")];
      const button = buttons.find(({ textContent }) => textContent?.startsWith(words));
      await act(async () => button?.click());
      await settled();
    };
    await press("Save changes");
    expect(kept).toMatchObject([{ id: "v", state }]);
    expect(shown.text()).toContain("“Mine” is saved");
    await press("Undo");
    expect(kept).toMatchObject([{ state }, { id: "v", name: "Mine", state: before }]);
  });
});

describe("the preview of a shared view", () => {
  it("has the focus when it comes, in a dialog that was open before", async () => {
    let arrive = (_: unknown) => {};
    host.answer.set("view_open", () => new Promise((resolve) => (arrive = resolve)));
    host.answer.set("connections_list", async () => []);
    host.answer.set("views_list", async () => []);
    const opening = { connection: "c", link: "muster://view/x", path: null, content: null };
    shown = show(<SharedPreview opening={opening} onDone={() => {}} onShown={() => {}} />);
    await shown.drawn;
    await act(async () => arrive({ name: "Theirs", state, total: 3, problems: [] }));
    await settled();
    expect(document.activeElement?.textContent).toBe("Show once");
  });
});
