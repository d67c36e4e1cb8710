import { afterEach, describe, expect, it, vi } from "vitest";
import type { Who } from "../../generated/types";
import { settled, show } from "../../shared/testing/show";
import { PastPanel } from "./PastPanel";

vi.mock("../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  call: async (name: string, { who }: { who: Who }) => {
    if (name === "syncs_list")
      return [
        { id: 2, at: 1_760_000_000 },
        { id: 1, at: 1_750_000_000 },
      ];
    if (who.as_of === 2) throw { code: "damaged_file", message: "", details: {} };
    return { total: 12, possible: 0 };
  },
}));

let shown: ReturnType<typeof show>;
afterEach(() => shown.end());

describe("the line of past syncs", () => {
  it("says why a sync has no count, and counts the others", async () => {
    const who = { connection: "c", source: "mirror", as_of: null, truth: "matching" } as Who;
    shown = show(<PastPanel who={who} opened onPast={() => {}} onClose={() => {}} />);
    await shown.drawn;
    for (let step = 0; step < 4; step += 1) await settled();
    const slider = document.querySelector("[role=slider]");
    expect(document.activeElement, "who opens it has it under the arrows").toBe(slider);
    const why = "Not counted: The copy on this computer is damaged";
    expect(slider?.getAttribute("aria-valuetext")).toContain(why);
    expect(shown.text()).not.toContain("Loading");
    await shown.draw(<PastPanel who={{ ...who, as_of: 1 }} opened onPast={() => {}} onClose={() => {}} />);
    expect(slider?.getAttribute("aria-valuetext")).toContain("12 people");
  });
});
