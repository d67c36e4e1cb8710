import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { show } from "../testing/show";
import { useLeavingFocus } from "./useLeavingFocus";

const button = (name: string) => document.querySelector<HTMLElement>(`[name=${name}]`);

function Bar() {
  const ref = useLeavingFocus(() => button("rows")?.focus());
  return (
    <section ref={ref}>
      <button type="button" name="clear" />
    </section>
  );
}

const place = (bar: boolean) => (
  <>
    <button type="button" name="rows" />
    <button type="button" name="other" />
    {bar && <Bar />}
  </>
);

let shown: ReturnType<typeof show>;
beforeEach(async () => {
  shown = show(place(true));
  await shown.drawn;
});
afterEach(() => shown.end());

describe("a part that is taken away", () => {
  it("passes the focus that was in it on", async () => {
    button("clear")?.focus();
    await shown.draw(place(true));
    expect(document.activeElement, "it is still there").toBe(button("clear"));
    await shown.draw(place(false));
    expect(document.activeElement).toBe(button("rows"));
  });

  it("leaves the focus where it is elsewhere", async () => {
    button("other")?.focus();
    await shown.draw(place(false));
    expect(document.activeElement).toBe(button("other"));
  });
});
