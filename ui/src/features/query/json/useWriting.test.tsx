import { act, useState } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FilterReading } from "../../../generated/types";
import { useWriting } from "./useWriting";

vi.mock("../reads", () => ({ readFilter: () => new Promise(() => {}) }));

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
const understood = { problems: [] } as unknown as FilterReading;

/** The hook under a face that shows what was taken, with an editor that is a text. */
function mount(start: string) {
  const seen = {
    writing: null as ReturnType<typeof useWriting> | null,
    editor: start,
    show: (_: string) => {},
    /** Answers a reading: it is shown from then on. */
    answers: [] as Array<(found: FilterReading | null) => void>,
  };
  let applied: { text: string } | null = null;
  function Face() {
    const [shown, setShown] = useState(start);
    seen.show = setShown;
    seen.writing = useWriting({
      connection: "c",
      shown,
      onType: (written) =>
        new Promise((resolve) => {
          seen.answers.push((found) => {
            if (found) setShown(written);
            resolve(found);
          });
        }),
    });
    if (applied && applied !== seen.writing.outside) seen.editor = seen.writing.outside.text;
    applied = seen.writing.outside;
    return null;
  }
  const root = createRoot(document.createElement("div"));
  act(() => root.render(<Face />));
  const type = (text: string, rest: number) =>
    act(async () => {
      seen.editor = text;
      seen.writing?.onWritten(text);
      await vi.advanceTimersByTimeAsync(rest);
    });
  return { seen, type };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("what is written in the JSON face", () => {
  it("keeps what was typed while the reading of the text before it was on its way", async () => {
    const { seen, type } = mount("{}");
    await type('{"id":1}', 200);
    await type('{"id":1} ', 5);
    await act(async () => seen.answers[0]?.(understood));
    expect(seen.editor).toBe('{"id":1} ');
    await act(async () => {
      await vi.advanceTimersByTimeAsync(200);
    });
    expect(seen.answers, "what was typed on is read too").toHaveLength(2);
  });

  it("shows the question when it changes elsewhere, even back to what was written first", async () => {
    const { seen, type } = mount('{"id":1}');
    await type('{"id":', 200);
    await act(async () => seen.answers[0]?.(understood));
    act(() => seen.show('{"id":1}'));
    expect(seen.editor).toBe('{"id":1}');
  });
});
