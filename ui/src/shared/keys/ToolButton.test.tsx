import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { show } from "../testing/show";
import { ToolButton } from "./ToolButton";

let pressed = 0;
const tool = (refusal: string | null) => (
  <ToolButton
    label="Export"
    action="export"
    refusal={refusal}
    onClick={() => {
      pressed += 1;
    }}
  >
    <i />
  </ToolButton>
);

let shown: ReturnType<typeof show>;
beforeEach(async () => {
  pressed = 0;
  shown = show(tool(null));
  await shown.drawn;
});
afterEach(() => shown.end());

async function press() {
  const button = document.querySelector("button");
  await act(async () => button?.click());
  return button;
}

describe("a button of a tool bar", () => {
  it("does what it says", async () => {
    const button = await press();
    expect(pressed).toBe(1);
    expect(button?.hasAttribute("aria-disabled")).toBe(false);
  });

  it("that rests does nothing, and says why", async () => {
    await shown.draw(tool("Not synced yet"));
    const button = await press();
    expect(pressed).toBe(0);
    expect(button?.getAttribute("aria-disabled")).toBe("true");
    expect(button?.getAttribute("aria-description")).toBe("Not synced yet");
    expect(button?.disabled, "it can still be reached and read").toBe(false);
  });
});
