import { act, useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FilterReading, FilterWriting, RecentQuestion } from "../../generated/types";
import { settled, show } from "../../shared/testing/show";
import { useQuestionActs } from "./useQuestionActs";
import { FRESH_VIEW, type PeopleView } from "./view";

const problems: FilterReading["problems"] = [];
vi.mock("../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  call: async (_: string, { written }: FilterWriting) => ({
    filter: problems.length > 0 ? null : '{"role":"reseller"}',
    text: written,
    problems,
  }),
}));

const recent = { text: "role:reseller", source: "live" } as RecentQuestion;
const past: PeopleView = { ...FRESH_VIEW, as_of: 3, search: "jans", truth: "possible" };
const seen = { view: past, acts: null as ReturnType<typeof useQuestionActs> | null };

function Place() {
  const [view, setView] = useState(past);
  seen.view = view;
  seen.acts = useQuestionActs("c", view, setView);
  return null;
}

let shown: ReturnType<typeof show>;
beforeEach(async () => {
  problems.length = 0;
  shown = show(<Place />);
  await shown.drawn;
});
afterEach(() => shown.end());

const askAgain = async () => {
  await act(async () => seen.acts?.askAgain(recent));
  await settled();
};

describe("a recent question that is asked again", () => {
  it("is asked of now and of everybody, as it was", async () => {
    await askAgain();
    const asked = { text: "role:reseller", filter: '{"role":"reseller"}' };
    expect(seen.view).toMatchObject({ asked, source: "live", as_of: null, search: "", truth: "matching" });
  });

  it("leaves the rows as they are if its text has a problem by now", async () => {
    problems.push({ from: 0, until: 4, message: "no", code: null, values: {}, expected: [], path: null });
    await askAgain();
    expect(seen.view.query.text).toBe("role:reseller");
    expect({ ...seen.view, query: past.query }).toEqual(past);
  });
});
