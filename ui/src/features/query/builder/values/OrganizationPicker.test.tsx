import { act, useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Connection } from "../../../../generated/types";
import { settled, show } from "../../../../shared/testing/show";
import { LAYERS } from "../../../../shared/theme/mantine";
import type { Rule } from "../builder";
import { Building } from "../context";
import { OrganizationPicker } from "./OrganizationPicker";

const host = vi.hoisted(() => ({ answer: async (): Promise<unknown> => ({ rows: [] }) }));
vi.mock("../../../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  call: () => host.answer(),
}));

const building = {
  connection: { id: "c" } as Connection,
  focusLater: () => {},
  onRun: () => {},
  onText: () => {},
};
const idsUpTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const seen = { value: [] as Rule["value"], set: (_: Rule["value"]) => {} };

function Row({ start }: { start: Rule["value"] }) {
  const [value, setValue] = useState(start);
  seen.value = value;
  seen.set = setValue;
  return (
    <Building.Provider value={building}>
      <div id={LAYERS} />
      <OrganizationPicker
        rule={{ id: "a", field: "organization", operator: "is", value }}
        onChange={setValue}
      />
    </Building.Provider>
  );
}

let shown: ReturnType<typeof show>;
const open = async (ids: number[]) => {
  shown = show(<Row start={ids} />);
  await shown.drawn;
  await settled();
};
const list = () => document.querySelector("textarea");
const field = () => document.querySelector("input");

beforeEach(() => {
  // A text area that grows measures again when fonts come, which this document knows nothing of.
  Object.assign(document, { fonts: new EventTarget() });
  host.answer = async () => ({ rows: [] });
});
afterEach(() => shown.end());

describe("the field for organizations", () => {
  it("does not become another one when the thirty-first is added, nor when one is taken from a long list", async () => {
    await open(idsUpTo(30));
    const before = field();
    await act(async () => seen.set(idsUpTo(31)));
    expect(list()).toBeNull();
    expect(field()).toBe(before);
    await shown.end();

    await open(idsUpTo(31));
    const long = list();
    await act(async () => seen.set(idsUpTo(29)));
    expect(long).not.toBeNull();
    expect(list()).toBe(long);
  });

  it("becomes a list when many are pasted, and has the focus", async () => {
    await open([7]);
    const paste = new Event("paste", { bubbles: true, cancelable: true });
    Object.assign(paste, { clipboardData: { getData: () => idsUpTo(40).join("\n") } });
    await act(async () => {
      field()?.dispatchEvent(paste);
    });
    expect([seen.value].flat()).toHaveLength(40);
    expect(list()?.value).toContain("39, 40");
    expect(document.activeElement).toBe(list());
  });

  it("says that organizations cannot be read, not that none fits", async () => {
    host.answer = () => Promise.reject({ code: "damaged_file", message: "", details: {} });
    await open([]);
    await act(async () => field()?.focus());
    await settled();
    expect(shown.text()).toContain("The copy on this computer is damaged");
    expect(shown.text()).not.toContain("No organization fits");
  });
});
