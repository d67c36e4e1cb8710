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
