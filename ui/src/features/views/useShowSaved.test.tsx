import { act } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import type { View, ViewState } from "../../generated/types";
import { show } from "../../shared/testing/show";
import { useViewDialog, type ViewDialog } from "./dialogs";
import { useShowSaved } from "./useShowSaved";

const { shown, told } = vi.hoisted(() => ({ shown: [] as (string | null)[], told: [] as string[] }));

vi.mock("./views", () => ({
  showView: async (_connection: string, _state: ViewState, saved: string | null) => shown.push(saved),
}));
vi.mock("../../shared/errors/notify", () => ({
  useAct: () => async (run: () => Promise<unknown>) => {
    await run();
    return true;
  },
}));
vi.mock("../../shared/states/notice", () => ({
  showNotice: ({ message }: { message: string }) => told.push(message),
}));

const state: ViewState = { text: "org:1", columns: [], sort: [], source: "mirror" };
const view: View = { id: "v", name: "Leavers", state, problems: [], changed_at: 0 };
const problems = [{ path: "source", message: "there is no source “cloud”" }];

let dialog: ViewDialog | null = null;

async function open(own: View) {
  let run: ReturnType<typeof useShowSaved> | null = null;
  function Place() {
    run = useShowSaved();
    dialog = useViewDialog();
    return null;
  }
  const place = show(<Place />);
  await place.drawn;
  await act(async () => run?.("c", own));
  await place.end();
}

beforeEach(() => {
  shown.length = 0;
  told.length = 0;
});

it("shows a view that is read whole, and says nothing", async () => {
  await open(view);
  expect(shown).toEqual(["v"]);
  expect(told).toEqual([]);
});

it("says what of a view could not be read", async () => {
  await open({ ...view, problems });
  expect(shown).toEqual(["v"]);
  expect(told).toEqual(["there is no source “cloud”"]);
});

it("never shows everybody for a view that cannot be read", async () => {
  await open({ ...view, state: null, problems });
  expect(shown).toEqual([]);
  expect(dialog).toMatchObject({ kind: "unread", view: { id: "v" } });
});
