import { act } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Connection } from "../../generated/types";
import type { StepRow } from "../../shared/plans/steps";
import { settled, show } from "../../shared/testing/show";
import { HandSecret } from "./HandSecret";

const called = vi.fn();
/** What is answered, or refused, when a test says so. */
const waiting: Array<(locked: boolean) => void> = [];

vi.mock("../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  call: (name: string) => {
    if (name === "names_known") return { people: {}, organizations: {}, subscription_types: [] };
    called(name);
    return new Promise((done, failed) =>
      waiting.push((locked) =>
        locked
          ? failed({ code: "keyring_denied", message: "", details: {} })
          : done({ id: "k", name: "Shop" }),
      ),
    );
  },
}));

const row = { step: { no: 1 }, made: { thing: "api_key", id: "7", name: "Shop" } } as unknown as StepRow;
const onHanded = vi.fn();
const button = (name: string) =>
  [...document.querySelectorAll("button")].find((own) => own.textContent === name) as HTMLButtonElement;
const press = (name: string) => act(async () => button(name).click());
const answer = async (locked: boolean) => {
  await act(async () => waiting.shift()?.(locked));
  await settled();
};

let shown: ReturnType<typeof show>;
beforeEach(async () => {
  called.mockClear();
  onHanded.mockClear();
  waiting.length = 0;
  const connection = { id: "c" } as Connection;
  shown = show(
    <HandSecret
      connection={connection}
      plan="p"
      row={row}
      path="secret"
      keepable
      untaken
      onHanded={onHanded}
    />,
  );
  await shown.drawn;
});
afterEach(() => shown.end());

it("a secret that could not be kept is kept when it is tried again, not copied", async () => {
  await press("Keep as a connection…");
  await press("Save");
  await answer(true);
  await press("Try again");
  await answer(false);
  expect(called.mock.calls.flat()).toEqual(["step_secret_keep", "step_secret_keep"]);
  expect(onHanded).toHaveBeenCalledOnce();
});

it("it is kept once, however often the button is pressed", async () => {
  await press("Keep as a connection…");
  await press("Save");
  const form = document.querySelector("form");
  await act(async () => form?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })));
  await answer(false);
  expect(called).toHaveBeenCalledOnce();
});
