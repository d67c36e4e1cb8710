import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { show } from "../testing/show";
import { LAYERS } from "../theme/mantine";
import { useAction, useKeyboard } from "./useAction";

const done: string[] = [];
function Place() {
  useKeyboard();
  useAction("close", () => done.push("close"));
  useAction("refresh", () => done.push("refresh"));
  return (
    <>
      <button type="button" name="opener" aria-haspopup="menu" aria-expanded="true" />
      <button type="button" name="row" />
      <section id={LAYERS}>
        <div role="menu">
          <button type="button" name="item" />
        </div>
      </section>
    </>
  );
}

let shown: ReturnType<typeof show>;
beforeEach(async () => {
  done.length = 0;
  shown = show(<Place />);
  await shown.drawn;
});
afterEach(() => shown.end());

const press = (name: string, key: string, more: KeyboardEventInit = {}) =>
  document
    .querySelector(`[name=${name}]`)
    ?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));

describe("Ctrl+A", () => {
  const isPrevented = (name: string) => {
    const event = new KeyboardEvent("keydown", { key: "a", ctrlKey: true, bubbles: true, cancelable: true });
    document.querySelector(`[name=${name}]`)?.dispatchEvent(event);
    return event.defaultPrevented;
  };

  it("in a dialog marks what is typed, and nothing behind it", async () => {
    expect(isPrevented("row")).toBe(false);
    await shown.draw(
      <>
        <Place />
        <div role="dialog" aria-modal="true">
          <input name="typed" />
          <button type="button" name="ok" />
        </div>
      </>,
    );
    expect(isPrevented("typed")).toBe(false);
    expect(isPrevented("ok")).toBe(true);
  });
});

describe("Escape", () => {
  it("closes what the place has open", () => {
    press("row", "Escape");
    expect(done).toEqual(["close"]);
  });

  it("in a menu, or on what opened it, closes nothing behind it", () => {
    press("item", "Escape");
    press("opener", "Escape");
    expect(done).toEqual([]);
  });

  it("is the only key that stays in a menu", () => {
    press("item", "r", { ctrlKey: true });
    expect(done).toEqual(["refresh"]);
  });
});
