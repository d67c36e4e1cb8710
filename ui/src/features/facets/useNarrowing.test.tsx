import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FilterWriting } from "../../generated/types";
import { show } from "../../shared/testing/show";
import { FRESH_VIEW, type PeopleView } from "../people/view";
import { useNarrowing } from "./useNarrowing";

const problem = { from: 0, until: 1, message: "a value", code: null, values: {}, expected: [], path: null };
const { told } = vi.hoisted(() => ({ told: [] as { title: string; message: string }[] }));

vi.mock("../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  // Whatever ends with an operator is half a condition.
  call: async (_name: string, { written }: FilterWriting) => ({
    text: written,
    filter: JSON.stringify(written),
    problems: /[~:(]$/.test(written.trim()) ? [problem] : [],
  }),
}));
vi.mock("../../shared/states/notice", () => ({
  showNotice: (notice: (typeof told)[0]) => told.push(notice),
}));
let view: PeopleView;
let narrow: ReturnType<typeof useNarrowing>;
let shown: ReturnType<typeof show>;
function Panel() {
  narrow = useNarrowing("c", view.query.text, (update) => {
    view = update(view);
  });
  return null;
}
/** What stands in the bar, of a question that was asked as `asked`. */
async function type(text: string, asked = text) {
  view = {
    ...FRESH_VIEW,
    query: { ...FRESH_VIEW.query, text },
    asked: { text: asked, filter: JSON.stringify(asked) },
  };
  await shown.draw(<Panel />);
}

beforeEach(async () => {
  told.length = 0;
  shown = show(null);
  await shown.drawn;
});
afterEach(() => shown.end());

describe("choosing a part of a facet", () => {
  it("asks the narrower question at once", async () => {
    await type("name ~ jan");
    await narrow("org:12", "in");
    expect(view.asked.text).toBe("name ~ jan and org:12");
    expect(view.query.text).toBe("name ~ jan and org:12");
  });

  it("narrows what was typed and not yet asked, and loses none of it", async () => {
    await type("name ~ jan and id:5", "name ~ jan");
    await narrow("org:12", "out");
    expect(view.asked.text).toBe("name ~ jan and id:5 and not org:12");
  });

  it("says why not where the text cannot be read, and leaves it as it is", async () => {
    await type("org:12 and (name ~ ", "org:12");
    const before = view;
    await narrow("org:12", null);
    expect(view).toBe(before);
    expect(told).toEqual([expect.objectContaining({ title: "The question in the bar cannot be read yet" })]);
  });

  it("narrows what was typed in the meantime", async () => {
    await type("id:1");
    const narrowed = narrow("org:12", "in");
    view = { ...view, query: { ...view.query, text: "id:2" } };
    await narrowed;
    expect(view.asked.text).toBe("id:2 and org:12");
  });
});
