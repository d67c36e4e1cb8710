import { act } from "react";
import { expect, it, vi } from "vitest";
import { settled, show } from "../../shared/testing/show";
import { ReviewPlan } from "./ReviewPlan";

vi.mock("../../shared/plans/PlanView", () => ({ PlanView: () => null }));
vi.mock("../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  chooseSave: async () => "/tmp/said.musterapproval",
  call: async (name: string) => {
    if (name === "plan_file_decide") return { path: "/tmp/said.musterapproval" };
    if (name === "names_known") return { people: {}, organizations: {}, subscription_types: [] };
    return { plan: { seal: "s", title: "Disable Zoë" }, author, connection: null, is_mine: false };
  },
}));

// What a field that grows waits for, which the tests' document has not.
Object.assign(document, { fonts: new EventTarget() });

const author = { standing: "known", name: "Zoë", account: "zoe", fingerprint: "ab cd" };
const field = () => document.querySelector<HTMLTextAreaElement>("textarea:not([aria-hidden])");
const write = async (text: string) => {
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set;
  await act(async () => {
    set?.call(field(), text);
    field()?.dispatchEvent(new Event("input", { bubbles: true }));
  });
};
async function opened(id: number) {
  const shown = show(<ReviewPlan opening={{ path: "/p", content: null }} id={id} onDone={() => {}} />);
  await shown.drawn;
  await settled();
  return shown;
}

it("a comment on a plan is still there when it is opened again, until it was signed", async () => {
  const first = await opened(1);
  await write("Ask Bram before");
  await first.end();
  const second = await opened(2);
  expect(field()?.value).toBe("Ask Bram before");
  const approve = [...document.querySelectorAll("button")].at(-1);
  await act(async () => approve?.click());
  await settled();
  await second.end();
  const third = await opened(3);
  expect(field()?.value).toBe("");
  await third.end();
});
