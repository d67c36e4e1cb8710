import { act, useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Facet, Facets, Who } from "../../generated/types";
import { settled, show } from "../../shared/testing/show";
import { FRESH_VIEW, toWho } from "../people/view";
import { FacetsPanel } from "./FacetsPanel";
import { withFacet } from "./narrow";

const part = (text: string, clause: string): Facet => ({ value: { known: "yes", text }, count: 4, clause });
const PARTS = [part("Apotheek A", "org:1"), part("Apotheek B", "org:2"), part("Apotheek C", "org:3")];

vi.mock("../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  // As the engine: whom the question leaves out is in no part.
  call: async (_name: string, { filter }: Who): Promise<Facets> => {
    const parts = PARTS.filter(({ clause }) => !filter?.includes(`not ${clause}`));
    return { groups: [{ by: "organization", parts, parts_in_all: parts.length }], took_ms: 1 };
  },
}));

let asked = "";
function Place() {
  const [text, setText] = useState("");
  asked = text;
  return (
    <FacetsPanel
      who={{ ...toWho(FRESH_VIEW, "c"), filter: text }}
      text={text}
      side="left"
      folded={[]}
      note={null}
      onArrange={() => {}}
      onPick={(clause, state) => setText(withFacet(text, clause, state))}
      toRows={() => {}}
    />
  );
}

let shown: ReturnType<typeof show>;
beforeEach(async () => {
  shown = show(<Place />);
  await shown.drawn;
  await settled();
});
afterEach(() => shown.end());

const button = (name: string) =>
  [...document.querySelectorAll<HTMLElement>("button[title]")].find((own) => own.title.startsWith(name));
async function press(name: string, more: KeyboardEventInit) {
  const own = button(name);
  own?.focus();
  await act(async () => {
    own?.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more }),
    );
  });
  await settled();
}

describe("a part of a facet that is left out", () => {
  it("stays with its name and the focus, and is taken back by the same press", async () => {
    await press("Apotheek A", { altKey: true });
    expect(asked).toBe("not org:1");
    expect(document.activeElement, "the focus stays where it was").toBe(button("Apotheek A"));
    expect(button("Apotheek A")?.textContent).toContain("0 people");
    await press("Apotheek A", { altKey: true });
    expect(asked).toBe("");
    expect(button("Apotheek A")?.textContent).toContain("4 people");
  });
});
