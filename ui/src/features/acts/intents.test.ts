import { describe, expect, it } from "vitest";
import type { ActField, ActForm, ActTarget, ChangeDraft, PersonDetails } from "../../generated/types";
import {
  askedOf,
  dayOf,
  intentsOf,
  knownOf,
  partOf,
  problemsByPath,
  strengthOf,
  templateOf,
  templateOfPerson,
  timeOf,
  type Values,
} from "./intents";

const field = (path: string, kind: ActField["kind"]): ActField => ({
  path,
  kind,
  choices: [],
  length: null,
  required: false,
  clearable: false,
  default: null,
  permission: "user.create",
  returned: false,
});

const form: ActForm = {
  id: "user.create",
  target: null,
  makes: "person",
  permission: "user.create",
  fields: [
    field("email", "email"),
    field("password", "password"),
    field("role", "role"),
    field("organization", "organization"),
    field("profile.name", "text"),
    field("preferences.language", "choice"),
    field("subscription.end", "time"),
  ],
  reading_only: false,
  undo: "never",
};

const person = (id: string): ActTarget => ({ thing: "person", id, name: `N${id}` });

const value = (key: string, json: unknown): PersonDetails["values"][number] => ({
  key,
  known: json === null ? "unknown" : "yes",
  value: json,
  from: null,
  at: null,
});

describe("what is wanted", () => {
  it("is one intent for each target, and one for something new", () => {
    expect(intentsOf("user.create", [], { role: "a" }, ["password"])).toEqual([
      { kind: "user.create", target: null, values: { role: "a" }, secrets: ["password"], line: null },
    ]);
    const many = intentsOf("user.update", [person("1"), person("2")], {});
    expect(many.map(({ target }) => target?.id)).toEqual(["1", "2"]);
  });

  it("goes on in a form only if one form can say it", () => {
    const draft = (intents: ChangeDraft["intents"]): ChangeDraft => ({
      id: "d",
      title: "",
      intents,
      changed_at: 0,
    });
    const values = { "preferences.language": "nl" };
    const both = intentsOf("user.update", [person("1"), person("2")], values);
    expect(askedOf("c", draft(both))).toMatchObject({ act: "user.update", values, draft: "d" });
    const other = intentsOf("user.update", [person("3")], { "preferences.language": "fr" });
    expect(askedOf("c", draft([...both, ...other]))).toBeNull();
    expect(askedOf("c", draft([]))).toBeNull();
    expect(askedOf("c", draft(both.map((own) => ({ ...own, line: 2 }))))).toBeNull();
  });

  it("goes on in the part of the form that it was typed in", () => {
    const partOfDraft = (targets: ActTarget[], values: Values) =>
      askedOf("c", { id: "d", title: "", intents: intentsOf("user.update", targets, values), changed_at: 0 });
    const change = { "subscription.type": 1, "subscription.end": null };
    expect(partOfDraft([person("1")], change)?.part).toBe("subscription");
    expect(partOfDraft([person("1")], { ...change, "profile.name": "A" })?.part).toBeNull();
    expect(partOfDraft([], change)?.part, "a new person has all parts").toBeNull();
    expect(partOfDraft([person("1"), person("2")], { "profile.name": "A" }), "no name is many's").toBeNull();
  });
});

describe("a template", () => {
  const said = {
    email: "a@b.be",
    role: "medical_professional",
    organization: 12,
    "profile.name": "Zoë",
    "subscription.end": null,
  };

  it("has nothing that is one person's own, and no secret", () => {
    expect(templateOf(form, { ...said, password: "never here" })).toEqual({
      role: "medical_professional",
      organization: 12,
    });
  });

  it("of a person has what is known of them", () => {
    const values = [
      value("organization", 12),
      value("role", null),
      value("language", "nl"),
      value("name", "Zoë"),
    ];
    const details = { values } as PersonDetails;
    expect(knownOf(details).role).toEqual({ known: "unknown" });
    expect(templateOfPerson(details, form)).toEqual({ organization: 12, "preferences.language": "nl" });
  });
});

it("problems stand at their fields, each once, and others apart", () => {
  const violation = (path: string, message: string) => ({ path, message, code: null, values: {} });
  const problem = { index: 0, line: null, violations: [violation("email", "x"), violation("target", "y")] };
  const found = problemsByPath({ problems: [problem, { ...problem, index: 1 }] }, form.fields);
  expect([...found.keys()]).toEqual(["email", ""]);
  expect(found.get("")).toHaveLength(1);
});

it("fields stand in the part that their path names", () => {
  expect(["email", "profile.name", "subscription.end"].map(partOf)).toEqual([
    "account",
    "profile",
    "subscription",
  ]);
});

it("a start begins its day and an end ends it", () => {
  const start = timeOf("subscription.start", "2026-01-31");
  const end = timeOf("subscription.end", "2026-01-31");
  expect(end - start).toBe(86_399);
  expect([dayOf(start), dayOf(end)]).toEqual(["2026-01-31", "2026-01-31"]);
});

it("what is longer and more mixed is harder to guess", () => {
  const levels = ["", "aaaaaaaaaaaa", "password", "Muster-42x", "correct horse battery staple"].map(
    strengthOf,
  );
  expect(levels).toEqual([0, 1, 2, 3, 4]);
});
