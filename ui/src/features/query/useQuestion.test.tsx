import { QueryClientProvider } from "@tanstack/react-query";
import { act, useState } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Connection, FilterReading, FilterWriting } from "../../generated/types";
import { queryClient } from "../../shared/reads/client";
import { EVERYBODY, type QueryState } from "./query";
import { type Question, useQuestion } from "./useQuestion";

type Asked = {
  input: FilterWriting;
  answer: (reading: Partial<FilterReading>) => Promise<void>;
  refuse: () => Promise<void>;
};
const asked: Asked[] = vi.hoisted(() => []);

vi.mock("../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  call: (_name: string, input: FilterWriting) =>
    new Promise((resolve, reject) => {
      const settled = () =>
        act(async () => {
          await vi.advanceTimersByTimeAsync(1);
        });
      asked.push({
        input,
        refuse: async () => {
          reject({ code: "damaged_file", message: "it cannot be read", details: {} });
          await settled();
        },
        answer: async (reading) => {
          resolve({
            filter: null,
            text: input.written,
            clauses: [],
            sent: null,
            sent_is_all: true,
            problems: [],
            ...reading,
          });
          await settled();
        },
      });
    }),
}));

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
const connection = { id: "c" } as Connection;
const problem = { from: 0, until: 1, message: "no", code: null, values: {}, expected: [], path: null };

/** The hook under a parent that keeps the question, as the place does. */
function mount(start: QueryState) {
  const seen: {
    query: QueryState;
    question: Question | null;
    ran: QueryState[];
    set: (to: QueryState) => void;
    onChange: (next: QueryState) => void;
  } = {
    query: start,
    question: null,
    ran: [],
    set: () => {},
    onChange: () => {},
  };
  function Place() {
    const [query, setQuery] = useState(start);
    seen.query = query;
    seen.set = setQuery;
    seen.question = useQuestion({
      connection,
      query,
      onChange: (next) => {
        setQuery(next);
        seen.onChange(next);
      },
      onRun: (now) => seen.ran.push(now),
    });
    return null;
  }
  const root = createRoot(document.createElement("div"));
  act(() =>
    root.render(
      <QueryClientProvider client={queryClient}>
        <Place />
      </QueryClientProvider>,
    ),
  );
  return { seen, leave: () => act(() => root.unmount()) };
}

const type = async (question: Question | null, text: string, wait = 100) => {
  await act(async () => {
    question?.typed(text);
    await vi.advanceTimersByTimeAsync(wait);
  });
};
const last = (written: string): Asked => {
  const found = asked.findLast(({ input }) => input.written === written);
  if (!found) throw new Error(`${written} was not read`);
  return found;
};

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  queryClient.clear();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a question while it is typed", () => {
  it("reads a burst of keys once, and drops an answer that comes late", async () => {
    const { seen } = mount(EVERYBODY);
    await last("").answer({});
    await type(seen.question, "i", 5);
    await type(seen.question, "id:1");
    expect(asked.filter(({ input }) => input.written === "i")).toHaveLength(0);
    await type(seen.question, "id:12");
    await last("id:12").answer({ filter: '{"id":12}' });
    await last("id:1").answer({ filter: '{"id":1}' });
    expect(seen.query).toMatchObject({ text: "id:12", filter: '{"id":12}' });
  });

  it("keeps the last question without problems, and what was typed", async () => {
    const { seen } = mount({ ...EVERYBODY, text: "id:1", filter: '{"id":1}' });
    await last("id:1").answer({ filter: '{"id":1}' });
    await type(seen.question, "id:1 and");
    await last("id:1 and").answer({ problems: [problem] });
    expect(seen.query).toMatchObject({ text: "id:1 and", filter: '{"id":1}' });
  });

  it("keeps what was typed even if the window closes before it is read", async () => {
    const { seen } = mount(EVERYBODY);
    await type(seen.question, "id:7", 5);
    act(() => {
      window.dispatchEvent(new Event("pagehide"));
    });
    expect(asked.some(({ input }) => input.written === "id:7")).toBe(false);
    expect(seen.query.text).toBe("id:7");
  });

  it("keeps what was typed where it cannot be read, when one goes to another place", async () => {
    const { seen, leave } = mount(EVERYBODY);
    await last("").answer({});
    await type(seen.question, "id:8");
    await last("id:8").refuse();
    expect(seen.question?.error?.code).toBe("damaged_file");
    let kept: QueryState | null = null;
    seen.onChange = (next) => {
      kept = next;
    };
    leave();
    expect(kept).toMatchObject({ text: "id:8", filter: null });
  });

  it("asks what stands in the field, not what was read last", async () => {
    const { seen } = mount(EVERYBODY);
    await last("").answer({});
    await type(seen.question, "id:5", 5);
    let done: Promise<unknown> = Promise.resolve();
    await act(async () => {
      done = seen.question?.run() ?? done;
      await vi.advanceTimersByTimeAsync(1);
    });
    await last("id:5").answer({ filter: '{"id":5}' });
    await act(async () => {
      await done;
    });
    expect(seen.ran).toMatchObject([{ text: "id:5", filter: '{"id":5}' }]);
  });

  it("does not ask with a problem", async () => {
    const { seen } = mount(EVERYBODY);
    await type(seen.question, "id:");
    await last("id:").answer({ problems: [problem] });
    await act(async () => {
      await seen.question?.run();
    });
    expect(seen.ran).toEqual([]);
  });
});

describe("a question from another face", () => {
  it("brings its text along, and keeps its own shape of the criteria", async () => {
    const { seen } = mount(EVERYBODY);
    await last("").answer({});
    const mine = '{"and":[{"id":1}]}';
    await act(async () => {
      seen.question?.take(mine);
      await vi.advanceTimersByTimeAsync(1);
    });
    await last(mine).answer({ filter: mine, text: "id:1" });
    await last("id:1").answer({ filter: '{"id":1}' });
    expect(seen.query).toMatchObject({ text: "id:1", filter: mine });
    expect(seen.question?.outside.text).toBe("id:1");
  });

  it("follows a question that was changed elsewhere, over a read that is on its way", async () => {
    const { seen } = mount(EVERYBODY);
    await type(seen.question, "id:1");
    const late = last("id:1");
    await act(async () => {
      seen.set({ ...EVERYBODY, text: "org:2", filter: '{"organization":2}' });
      await vi.advanceTimersByTimeAsync(1);
    });
    await late.answer({ filter: '{"id":1}' });
    await last("org:2").answer({ filter: '{"organization":2}' });
    expect(seen.query).toMatchObject({ text: "org:2", filter: '{"organization":2}' });
    expect(seen.question?.outside.text).toBe("org:2");
  });

  it("keeps JSON that has a problem while the question changes beside it", async () => {
    const { seen } = mount({ ...EVERYBODY, text: "id:1", filter: '{"id":1}' });
    await last("id:1").answer({ filter: '{"id":1}' });
    await act(async () => {
      seen.question?.takeJson('{"id": ');
      await vi.advanceTimersByTimeAsync(1);
    });
    await last('{"id": ').answer({ problems: [problem] });
    expect(seen.query).toMatchObject({ text: "id:1", filter: '{"id":1}', json: '{"id": ' });
    await type(seen.question, "id:2");
    await last("id:2").answer({ filter: '{"id":2}' });
    expect(seen.query).toMatchObject({ text: "id:2", filter: '{"id":2}', json: '{"id": ' });
  });

  it("keeps JSON that cannot be read now", async () => {
    const { seen } = mount({ ...EVERYBODY, text: "id:1", filter: '{"id":1}' });
    await last("id:1").answer({ filter: '{"id":1}' });
    let refused: unknown = null;
    await act(async () => {
      seen.question?.takeJson('{"id":2}').catch((refusal: unknown) => {
        refused = refusal;
      });
      await vi.advanceTimersByTimeAsync(1);
    });
    await last('{"id":2}').refuse();
    expect(refused).toMatchObject({ code: "damaged_file" });
    expect(seen.query).toMatchObject({ text: "id:1", filter: '{"id":1}', json: '{"id":2}' });
  });
});
