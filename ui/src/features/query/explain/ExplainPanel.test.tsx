import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Explanation, Who } from "../../../generated/types";
import { settled, show } from "../../../shared/testing/show";
import { ExplainPanel } from "./ExplainPanel";

const answers = vi.hoisted(() => new Map<number, Promise<unknown>>());
vi.mock("../../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  call: (_: string, { id }: { id: number }) => answers.get(id) ?? new Promise(() => {}),
}));

const who = { connection: "c", source: "mirror", filter: '{"id":1}' } as Who;
const explanation = {
  truth: "yes",
  tree: { kind: "clause", truth: "yes", text: "id:1", value: null, parts: [] },
  include: null,
  exclude: { text: "not id:1", changes: [{ act: "negate", part: "id:1" }] },
  first_match: null,
  last_match: null,
} as unknown as Explanation;

let shown: ReturnType<typeof show>;
afterEach(() => shown.end());

describe("why a person matches", () => {
  it("is dimmed and changes nothing while the next person's is read", async () => {
    answers.set(1, Promise.resolve(explanation));
    const onEdit = vi.fn();
    shown = show(<ExplainPanel who={who} id={1} onEdit={onEdit} />);
    await shown.drawn;
    await settled();
    const button = () => document.querySelector("button");
    await act(async () => button()?.click());
    expect(onEdit).toHaveBeenCalledExactlyOnceWith("not id:1");

    await shown.draw(<ExplainPanel who={who} id={2} onEdit={onEdit} />);
    expect(shown.text()).toContain("Matches the question");
    expect(document.querySelector("[data-stale]")).not.toBeNull();
    await act(async () => button()?.click());
    expect(onEdit, "it is the edit for somebody else").toHaveBeenCalledOnce();
  });
});
