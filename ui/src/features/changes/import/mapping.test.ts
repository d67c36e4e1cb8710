import { describe, expect, it } from "vitest";
import type { ActField, ActForm, ImportInspection, ImportMeaning } from "../../../generated/types";
import { examplesOf, meaningsOf, missingOf, offered, titleOf, twiceMapped, withMeaning } from "./mapping";

const field = (path: string, more: Partial<ActField> = {}): ActField => ({
  path,
  kind: "text",
  choices: [],
  length: null,
  required: false,
  clearable: false,
  default: null,
  permission: "user.create",
  returned: true,
  ...more,
});
const form: ActForm = {
  id: "user.update",
  target: "person",
  makes: null,
  permission: "user.profile.update",
  fields: [field("profile.name", { required: true }), field("password", { kind: "password" }), field("role")],
  reading_only: false,
  undo: "restore",
};
const of = (path: string): ImportMeaning => ({ is: "field", path });
const IGNORED: ImportMeaning = { is: "ignored" };
const seen = (more: Partial<ImportInspection> = {}): ImportInspection => ({
  encoding: "UTF-8",
  delimiter: "comma",
  columns: [
    { name: "id", guess: { is: "target" }, secret: false },
    { name: "Naam", guess: of("profile.name"), secret: false },
    { name: "secret", guess: of("role"), secret: true },
  ],
  remembered: null,
  rows: 3,
  notes: 0,
  first: [],
  mark: "",
  ...more,
});

describe("what columns mean", () => {
  it("is guessed, and never for a secret", () => {
    expect(meaningsOf(seen(), null)).toEqual([{ is: "target" }, of("profile.name"), IGNORED]);
  });

  it("is as the last time if there was one", () => {
    const remembered = [{ is: "target" } as const, IGNORED, of("role")];
    expect(meaningsOf(seen({ remembered }), null)).toEqual([{ is: "target" }, IGNORED, IGNORED]);
  });

  it("is what was said, as long as the columns are called the same", () => {
    const mapped = withMeaning(seen(), meaningsOf(seen(), null), 1, "role");
    expect(meaningsOf(seen(), mapped)).toEqual([{ is: "target" }, of("role"), IGNORED]);
    const [first, , third] = seen().columns;
    if (!first || !third) throw new Error("there are three columns");
    const other = seen({
      columns: [first, { name: "Nom", guess: of("profile.name"), secret: false }, third],
    });
    expect(meaningsOf(other, mapped)[1]).toEqual(of("profile.name"));
  });

  it("may be nothing", () => {
    const mapped = withMeaning(seen(), meaningsOf(seen(), null), 0, "");
    expect(mapped.meanings[0]).toEqual(IGNORED);
  });
});

describe("what is wrong with that", () => {
  it("is told at both columns that mean the same, and not at those that mean nothing", () => {
    expect([...twiceMapped([of("role"), IGNORED, of("role"), IGNORED, { is: "target" }])]).toEqual([0, 2]);
  });

  it("is what the act needs and no column is", () => {
    expect(missingOf(form, [of("role")])).toEqual(["target", "profile.name"]);
    expect(missingOf(form, [{ is: "target" }, of("profile.name")])).toEqual([]);
    expect(missingOf({ ...form, target: null }, [of("profile.name")])).toEqual([]);
  });
});

it("no secret is offered", () => {
  expect(offered(form)).toEqual(["target", "profile.name", "role"]);
});

it("examples are the first different values that are there", () => {
  const cells = ["", " a ", "a", "b", "c", "d"];
  const first = cells.map((cell, line) => ({ line, cells: [cell] }));
  expect(examplesOf(seen({ first }), 0)).toEqual(["a", "b", "c"]);
  expect(examplesOf(seen({ first }), 7)).toEqual([]);
});

it("a plan is called as its file", () => {
  expect(titleOf("new people.2026.csv")).toBe("new people.2026");
  expect(titleOf(".csv")).toBe(".csv");
  expect(titleOf(`${"a".repeat(90)}.csv`)).toHaveLength(80);
});
