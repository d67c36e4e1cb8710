import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ActField, ActForm, ImportInspection, ImportMapping } from "../../../generated/types";
import { settled, show } from "../../../shared/testing/show";
import { ImportRows } from "./ImportRows";
import { changeImport, openImport, useImporting } from "./importing";

/** The file as it lies on the disk. */
const disk = { mark: "1" };
const inspected = vi.fn();
const removed = vi.fn();
/** Plans that are being made; each ends when a test says so. */
const making: Array<() => void> = [];
let isSlow = false;
const changed = {
  code: "invalid",
  message: "",
  details: { violations: [{ path: "file", message: "has changed", code: "file_changed", values: {} }] },
};

function inspect(): ImportInspection {
  inspected();
  const column = (name: string) => ({ name, guess: { is: "ignored" as const }, secret: false });
  return {
    encoding: "UTF-8",
    delimiter: "comma",
    columns: [column("a"), column("b")],
    remembered: null,
    rows: 2,
    notes: 0,
    first: [{ line: 2, cells: ["Ann", "x"] }],
    mark: disk.mark,
  };
}

function check({ file }: ImportMapping) {
  if (file.mark !== disk.mark) throw changed;
  return { rows: 2, planned: 2, steps: 2, unchanged: 0, bad: 0, problems: [] };
}

vi.mock("../../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  choosesFiles: true,
  call: async (name: string, input: ImportMapping & { import: ImportMapping }) => {
    if (name === "import_inspect") return inspect();
    if (name === "import_map") return check(input);
    if (name === "plan_delete") return removed(input);
    const planned = { plan: { id: "p" }, checked: check(input.import) };
    if (isSlow) await new Promise<void>((done) => making.push(done));
    return planned;
  },
}));

const field = { path: "name", kind: "text", required: true } as ActField;
const form = { id: "organization.create", target: null, makes: "organization", fields: [field] } as ActForm;
const onPlan = vi.fn();

function Place() {
  const { importing } = useImporting();
  return (
    importing && (
      <ImportRows importing={importing} acts={[form]} form={form} answer={undefined} onPlan={onPlan} />
    )
  );
}

const button = (name: string) =>
  [...document.querySelectorAll("button")].find((own) => own.textContent === name) as HTMLButtonElement;
const press = async (name: string) => {
  await act(async () => button(name).click());
  await settled();
  await settled();
};
/** Until what was said has rested. */
const rested = async () => {
  await act(async () => new Promise((done) => setTimeout(done, 300)));
  await settled();
};

let shown: ReturnType<typeof show>;
beforeEach(async () => {
  disk.mark = "1";
  isSlow = false;
  making.length = 0;
  for (const mock of [inspected, onPlan, removed]) mock.mockClear();
  const file = { path: "/people.csv", content: null, mark: null };
  openImport({ connection: "c", picked: { id: 1, name: "people.csv", file }, mapped: null, title: null });
  shown = show(<Place />);
  await shown.drawn;
  await settled();
});
afterEach(() => shown.end());

it("nothing can be planned before a column is what the act needs", async () => {
  expect(shown.text()).toContain("No column is chosen for Name.");
  expect(button("Review plan").disabled).toBe(true);
});

it("a file that has changed is said so; read again, it is still mapped and called as somebody said", async () => {
  const meanings = [{ is: "field", path: "name" } as const, { is: "ignored" } as const];
  await act(async () => changeImport({ mapped: { names: ["a", "b"], meanings }, title: "Ours" }));
  await rested();
  expect(shown.text()).toContain("2 rows can be planned");
  disk.mark = "2";
  await press("Review plan");
  expect(shown.text()).toContain("The file has changed since it was looked at");
  expect(onPlan).not.toHaveBeenCalled();
  await press("Try again");
  expect(inspected).toHaveBeenCalledTimes(2);
  expect(shown.text()).not.toContain("has changed");
  await rested();
  expect(document.querySelectorAll("select")[1]?.value).toBe("name");
  expect([...document.querySelectorAll("input")].map(({ value }) => value)).toContain("Ours");
  await press("Review plan");
  expect(onPlan).toHaveBeenCalledOnce();
});

it("Ctrl+Enter makes the plan, whatever has the focus", async () => {
  const meanings = [{ is: "field", path: "name" } as const, { is: "ignored" } as const];
  await act(async () => changeImport({ mapped: { names: ["a", "b"], meanings } }));
  await rested();
  const keys = { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
  await act(async () => button("Close").dispatchEvent(new KeyboardEvent("keydown", keys)));
  await settled();
  await settled();
  expect(onPlan).toHaveBeenCalledOnce();
});

describe("while a plan is being made", () => {
  const end = async () => {
    await act(async () => making.shift()?.());
    await settled();
  };
  beforeEach(async () => {
    isSlow = true;
    const meanings = [{ is: "field", path: "name" } as const, { is: "ignored" } as const];
    await act(async () => changeImport({ mapped: { names: ["a", "b"], meanings } }));
    await rested();
    await press("Review plan");
  });

  it("it is not made twice, and what it is made of stays as it is", async () => {
    const form = document.querySelector("form");
    await act(async () => form?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })));
    await act(async () => changeImport({ title: "Another" }));
    await settled();
    expect(making).toHaveLength(1);
    expect(document.querySelectorAll("[inert]")).toHaveLength(2);
    expect([...document.querySelectorAll("input")].map(({ value }) => value)).toContain("people");
    await end();
    expect(onPlan).toHaveBeenCalledOnce();
  });

  it("closing gives it up: nothing is left of it, and another one can be made", async () => {
    await press("Cancel");
    await act(async () => openImport({ connection: "c" }));
    await act(async () => button("Review plan")?.click());
    expect(making).toHaveLength(1);
    await end();
    expect(removed).toHaveBeenCalledWith({ connection: "c", plan: "p" });
    expect(onPlan).not.toHaveBeenCalled();
    await press("Review plan");
    await end();
    expect(onPlan).toHaveBeenCalledOnce();
  });
});
