import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ComparedPart, Comparison, Who } from "../../../generated/types";
import { settled, show } from "../../../shared/testing/show";
import { CompareDialog } from "./CompareDialog";

const part = (count: number, possible: number): ComparedPart => ({
  count,
  possible,
  filter: "{}",
  because: [],
});
const comparison: Comparison = { only_a: part(0, 1_300), both: part(7, 0), only_b: part(0, 0) };
const reading = {
  filter: "{}",
  text: "role:reseller",
  clauses: [],
  sent: null,
  sent_is_all: true,
  problems: [],
};
vi.mock("../../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  call: async (name: string) => (name === "people_compare" ? comparison : reading),
}));

let shown: ReturnType<typeof show>;
afterEach(() => shown.end());

async function typed(text: string) {
  const input = document.querySelector("input");
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  await act(async () => {
    set?.call(input, text);
    input?.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // The question is read once the person rests, then it is compared.
  await act(async () => new Promise((done) => setTimeout(done, 200)));
  await settled();
  await settled();
}

describe("two questions side by side", () => {
  it("those of whom it is not known are counted apart, and can be shown", async () => {
    const who = { connection: "c", source: "mirror", filter: null } as Who;
    const nothing = () => {};
    shown = show(<CompareDialog opened onClose={nothing} who={who} text="" others={[]} onShow={nothing} />);
    await shown.drawn;
    await typed("role:reseller");
    const column = (name: string) => document.querySelector(`section[aria-label="${name}"]`);
    expect(column("Only in A")?.textContent).toContain("0 + 1,300 possible");
    expect(column("Only in A")?.querySelector("button")?.disabled).toBe(false);
    expect(column("In both")?.textContent).not.toContain("possible");
    expect(column("Only in B")?.querySelector("button")?.disabled).toBe(true);
  });
});
