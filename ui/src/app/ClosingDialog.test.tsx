import { act } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { settled, show } from "../shared/testing/show";
import { ClosingDialog } from "./ClosingDialog";

const answered = vi.fn();

vi.mock("../host", () => ({
  listen: () => () => {},
  answerClosing: async (answer: string) => answered(answer),
}));

const onStay = vi.fn();
const nothing = { plans: 0, keys: 0, made: 0, unsent: 0 };
const press = (name: string) =>
  act(async () => {
    const buttons = [...document.querySelectorAll("button")];
    buttons.find((own) => own.textContent === name)?.click();
  });

let shown: ReturnType<typeof show>;
beforeEach(async () => {
  answered.mockClear();
  onStay.mockClear();
  shown = show(<ClosingDialog atStake={null} onStay={onStay} />);
  await shown.drawn;
});
afterEach(() => shown.end());

it("says that it asks, and what would be lost, and stays", async () => {
  expect(answered).not.toHaveBeenCalled();
  await shown.draw(<ClosingDialog atStake={{ ...nothing, keys: 1, made: 2 }} onStay={onStay} />);
  await settled();
  expect(answered.mock.calls.flat()).toEqual(["shown"]);
  expect(shown.text()).toContain("The secret of 1 new key was not copied");
  expect(shown.text()).toContain("2 passwords that Muster made were not copied");
  expect(shown.text()).not.toContain("being applied");
  await press("Stay");
  expect(answered).toHaveBeenLastCalledWith("stay");
  expect(onStay).toHaveBeenCalledOnce();
});

it("pauses a plan that is being applied before it closes", async () => {
  await shown.draw(<ClosingDialog atStake={{ ...nothing, plans: 1 }} onStay={onStay} />);
  await settled();
  expect(shown.text()).toContain("1 plan is being applied");
  await press("Pause and close");
  expect(answered).toHaveBeenLastCalledWith("close");
  expect(shown.text()).toContain("Waiting for the answer to the step under way");
});
