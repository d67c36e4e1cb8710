import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { MayAnswer, RuleAnswer } from "../../generated/types";
import { settled, show } from "../testing/show";
import { WhyNot } from "./WhyNot";

const answered = (answer: RuleAnswer): MayAnswer => ({
  action: "user.create",
  answer,
  applied: [
    {
      name: "Software developer",
      target: null,
      cell: { role: "software_developer", answer, scopes: ["platform"], limit: null, rows: [] },
    },
  ],
  asked_for_role: false,
  named: true,
  evidence: [],
});

let shown: ReturnType<typeof show> | null = null;
afterEach(() => shown?.end());

async function control(answer: RuleAnswer) {
  const pressed = vi.fn();
  shown = show(
    <WhyNot connection="c" answer={answered(answer)}>
      <button type="button" onClick={pressed}>
        Create
      </button>
    </WhyNot>,
  );
  await shown.drawn;
  const button = document.querySelector("button");
  if (!button) throw new Error("the control is there");
  return { button, pressed };
}

const said = (button: Element) =>
  document.getElementById(button.getAttribute("aria-describedby") ?? "")?.textContent ?? null;

describe("a control that a rule is about", () => {
  it("rests, keeps the focus and says why, if it is refused", async () => {
    const { button, pressed } = await control("no");
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(button.disabled, "it can be reached").toBe(false);
    expect(said(button)).toBe("By the vendor’s pages, Software developer may not do this.");
    act(() => button.click());
    await settled();
    expect(pressed).not.toHaveBeenCalled();
    const link = document.querySelector("a");
    expect(link?.getAttribute("href")).toBe("#/c/roles?role=software_developer&action=user.create");
    expect(document.activeElement).toBe(link);
  });

  it("may be tried if nothing is documented, and says that", async () => {
    const { button, pressed } = await control("undocumented");
    expect(button.hasAttribute("aria-disabled")).toBe(false);
    expect(said(button)).toContain("That is not a “no”");
    act(() => button.click());
    expect(pressed).toHaveBeenCalledOnce();
  });

  it("is left alone if it is allowed", async () => {
    const { button } = await control("yes");
    await settled();
    expect(button.hasAttribute("aria-describedby")).toBe(false);
  });
});
