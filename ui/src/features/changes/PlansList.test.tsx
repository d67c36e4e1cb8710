import { act } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Connection, PlanSummary } from "../../generated/types";
import { settled, show } from "../../shared/testing/show";
import { PlansList } from "./PlansList";

const called = vi.fn();

vi.mock("../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  call: async (name: string, input: unknown) => {
    if (name !== "jobs_list") called(name, input);
    return [];
  },
}));

const queued = (id: string, position: number) =>
  ({
    id,
    title: id,
    state: "queued",
    position,
    counts: [],
    steps: 1,
    changed_at: 0,
    made_by: "zoe",
  }) as unknown as PlanSummary;
const list = (...ids: string[]) => (
  <PlansList
    connection={{ id: "c" } as Connection}
    plans={ids.map(queued)}
    drafts={[]}
    opened={null}
    onOpen={() => {}}
  />
);
const items = () => [...document.querySelectorAll<HTMLElement>("[data-item]")];
const order = () => items().map(({ dataset }) => dataset.item);
const key = async (id: string, init: KeyboardEventInit) => {
  const from = items().find(({ dataset }) => dataset.item === id);
  await act(async () => {
    from?.focus();
    from?.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
  });
  await settled();
};

let shown: ReturnType<typeof show>;
beforeEach(async () => {
  called.mockClear();
  shown = show(list("a", "b", "c"));
  await shown.drawn;
});
afterEach(() => shown.end());

it("a plan that is taken out of the outbox leaves the keys at the one beside it", async () => {
  await key("b", { key: "Delete" });
  expect(called).toHaveBeenCalledWith("outbox_remove", { connection: "c", plan: "b" });
  expect(document.activeElement).toBe(items()[2]);
  await key("c", { key: "Delete" });
  expect(document.activeElement).toBe(items()[1]);
});

it("a plan is moved at once, and what was kept elsewhere since is shown", async () => {
  await key("a", { key: "ArrowDown", altKey: true });
  expect(called).toHaveBeenCalledWith("outbox_order", { connection: "c", plans: ["b", "a", "c"] });
  await shown.draw(list("b", "a", "c"));
  expect(order()).toEqual(["b", "a", "c"]);
  await shown.draw(list("c", "b", "a"));
  expect(order()).toEqual(["c", "b", "a"]);
});
