import { act, Suspense } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ActField, ActForm } from "../../generated/types";
import { settled, show } from "../../shared/testing/show";
import { ActDialogs } from "./ActDialogs";
import { closeActDialog, openActForm } from "./dialogs";

const field = { path: "name", kind: "text", required: true, permission: "organization.create" } as ActField;
const form = {
  id: "organization.create",
  target: null,
  makes: "organization",
  permission: "organization.create",
  fields: [field],
} as unknown as ActForm;
const drafts = new Map<string, unknown>();
/** Plans that are being made; each ends when a test says so. */
const making: Array<() => void> = [];
const host = { keepsDrafts: false };
const noticed = vi.fn();

vi.mock("../../shared/states/notice", () => ({ showNotice: (notice: unknown) => noticed(notice) }));
vi.mock("../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  call: async (name: string, input: { id?: string | null; draft?: string; intents?: unknown }) => {
    switch (name) {
      case "connections_list":
        return [{ id: "c" }];
      case "acts_list":
        return [form];
      case "may_ask":
      case "drafts_list":
        return [];
      case "workspace_get":
        return {};
      case "intents_check":
        return { problems: [] };
      case "draft_save": {
        const id = input.id ?? `d${drafts.size + 1}`;
        drafts.set(id, input.intents);
        return { id };
      }
      case "draft_delete":
        if (host.keepsDrafts) throw { code: "internal", message: "", details: {} };
        return void drafts.delete(input.draft ?? "");
      case "plan_make":
        await new Promise<void>((done) => making.push(done));
        return { plan: { id: "p", title: "Create" }, problems: [], unchanged: [] };
      default:
        return null;
    }
  },
}));

const onPlan = vi.fn();
const name = () => document.querySelector<HTMLInputElement>('[data-path="name"]');
const type = async (text: string) => {
  const input = name();
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  await act(async () => {
    set?.call(input, text);
    input?.dispatchEvent(new Event("input", { bubbles: true }));
  });
};
const review = () =>
  act(async () => {
    document.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });
const ready = async () => {
  await act(async () => making.shift()?.());
  await settled();
  await settled();
};
/** Until a draft was kept of what was typed. */
const kept = () => act(async () => new Promise((done) => setTimeout(done, 450)));

let shown: ReturnType<typeof show>;
beforeEach(async () => {
  drafts.clear();
  making.length = 0;
  host.keepsDrafts = false;
  onPlan.mockClear();
  noticed.mockClear();
  shown = show(
    <Suspense>
      <ActDialogs onPlan={onPlan} />
    </Suspense>,
  );
  await shown.drawn;
  await act(async () => openActForm({ connection: "c", act: form.id }));
  await settled();
  await settled();
  await type("Apotheek");
  await kept();
});
afterEach(async () => {
  await act(async () => closeActDialog());
  await shown.end();
});

it("a plan is opened when it is ready, and takes the place of its draft", async () => {
  expect(drafts.size).toBe(1);
  await review();
  await ready();
  expect(onPlan).toHaveBeenCalledOnce();
  expect(drafts.size).toBe(0);
});

it("a plan is made once, and is opened even if its draft stays", async () => {
  host.keepsDrafts = true;
  await review();
  await review();
  expect(making).toHaveLength(1);
  await ready();
  expect(onPlan).toHaveBeenCalledOnce();
});

it("what is typed while the plan is made stays a draft", async () => {
  await review();
  await type("Apotheek Zuid");
  await ready();
  await kept();
  expect(onPlan).toHaveBeenCalledOnce();
  expect(JSON.stringify([...drafts.values()])).toContain("Apotheek Zuid");
});

it("who has closed the form meanwhile, or opened another one, is told of the plan and stays there", async () => {
  await review();
  await act(async () => closeActDialog());
  await act(async () => openActForm({ connection: "c", act: form.id }));
  await settled();
  expect(name()?.value).toBe("");
  await ready();
  expect(onPlan).not.toHaveBeenCalled();
  expect(name()).not.toBeNull();
  expect(noticed).toHaveBeenCalledWith(expect.objectContaining({ title: "Plan made", message: "Create" }));
});
