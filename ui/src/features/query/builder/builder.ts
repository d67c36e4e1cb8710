// Criteria as a tree of groups and conditions that a person can edit, and back, without loss: what
// the tree cannot show is a piece that is kept as it is.
import type { IdentifierKind } from "../../../generated/types";
import { isDay } from "../../../shared/format/day";
import { type Json, MARK, parseExact, stringifyExact } from "../exact";

export type Combinator = "and" | "or";
export type TimeField = "created" | "updated" | "changed";
export type RuleField = "organization" | "role" | IdentifierKind | "name" | "id" | "seen" | TimeField;

export type StateOperator = "any" | "none" | "unknown";
export type TimeOperator = "newer" | "older" | "on" | "after" | "from" | "before" | "until";
/** `is` takes any of a list for what has one; `named` is an organization's name. */
export type RuleOperator = "is" | "contains" | "named" | StateOperator | TimeOperator;

/** A value as the criteria hold it: an id, a number or a text. */
export type Scalar = string | number;

type Flags = {
  id: string;
  /** Its complement is meant. */
  not?: boolean;
  /** It is kept and means nothing. */
  muted?: boolean;
};

/** A condition. */
export type Rule = Flags & {
  field: RuleField;
  operator: RuleOperator;
  /** A list for what may be one of several; a single id as a number; else a text. */
  value: Scalar | Scalar[];
};

/** A part that the builder does not show: its JSON as it is. */
export type Opaque = Flags & { field: "opaque"; operator: "kept"; value: string; conditions: number };

export type Group = Flags & {
  combinator: Combinator;
  rules: Part[];
  /** The criteria have an `and` or `or` around a single part; without it a single part stands alone. */
  single?: boolean;
};

export type Part = Group | Rule | Opaque;

export const MOST_LEVELS = 8;
export const MOST_PARTS = 100;
/** More rows than this are no longer a picture of anything. */
export const MOST_ROWS = 300;

const OFF = "muster.off";
const IDENTIFIER_KEYS: Record<string, IdentifierKind> = {
  vatNr: "vat",
  apbNr: "apb",
  rizivNr: "riziv",
  finessNr: "finess",
  cipNr: "cip",
};
const KEY_OF: Record<IdentifierKind, string> = {
  vat: "vatNr",
  apb: "apbNr",
  riziv: "rizivNr",
  finess: "finessNr",
  cip: "cipNr",
};
/** Numbers that the vendor takes as integers too. */
const MAY_BE_INTEGER: ReadonlySet<IdentifierKind> = new Set(["apb", "riziv", "cip"]);
const TIME_KEYS: Record<string, TimeField> = {
  "muster.created": "created",
  "muster.updated": "updated",
  "muster.changed": "changed",
};
const STATE_FIELDS: Record<string, RuleField> = {
  organization: "organization",
  role: "role",
  created: "created",
  updated: "updated",
  ...IDENTIFIER_KEYS,
};
export const STATE_OPERATORS = ["any", "none", "unknown"] as const satisfies readonly StateOperator[];
export const DATE_OPERATORS = ["on", "after", "from", "before", "until"] as const;
export const AGE_OPERATORS = ["newer", "older"] as const;
const TIME_OPERATORS: readonly string[] = [...AGE_OPERATORS, ...DATE_OPERATORS];
export const SEEN_WORDS = ["present", "new", "changed", "returned", "missing", "gone"] as const;

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const oneOf = <T extends string>(words: readonly T[], value: unknown): T | undefined =>
  words.find((word) => word === value);

export const isGroup = (part: Part): part is Group => "rules" in part;
export const isOpaque = (part: Part): part is Opaque => "field" in part && part.field === "opaque";
export const isIdentifier = (field: string): field is IdentifierKind => field in KEY_OF;
export const isTime = (field: string): field is TimeField => `muster.${field}` in TIME_KEYS;

let made = 0;
const freshId = () => {
  made += 1;
  return `part-${made}`;
};

// Reading ------------------------------------------------------------------------------------

/** The single key of a filter and its operand. */
function entry(json: Json): [string, Json] | null {
  if (!isObject(json)) return null;
  const [first, second] = Object.entries(json);
  return first && !second ? first : null;
}

/** The tree of criteria; the root is a group even where the criteria are a single condition. */
export function fromCriteria(filter: string | null): Group {
  if (filter === null) return rootOf([]);
  const room = { rows: MOST_ROWS };
  const part = read(parseExact(filter), 1, room);
  return isGroup(part) ? part : rootOf([part]);
}

const rootOf = (rules: Part[]): Group => ({ id: freshId(), combinator: "and", rules });

const opaque = (value: string, conditions: number): Opaque => ({
  id: freshId(),
  field: "opaque",
  operator: "kept",
  value,
  conditions,
});

/** `level`: of a group, were this one; the root is 1. */
function read(json: Json, level: number, room: { rows: number }): Part {
  const flags: { not?: true; muted?: true } = {};
  let core = json;
  for (const [flag, key] of [
    ["muted", OFF],
    ["not", "not"],
  ] as const) {
    const [own, operand] = entry(core) ?? [];
    if (own !== key || operand === undefined) continue;
    flags[flag] = true;
    core = operand;
  }
  const [key, operand] = entry(core) ?? [];
  if (key === OFF || key === "not") {
    // A complement of a complement, or a complement of what is off: a group for each.
    return { ...groupOr(core, level, () => [read(core, level + 1, room)]), ...flags };
  }
  const rule = readRule(core);
  if (rule) return { id: freshId(), ...rule, ...flags };
  if ((key !== "and" && key !== "or") || !Array.isArray(operand)) return { ...kept(core), ...flags };
  const fits = operand.length <= Math.min(MOST_PARTS, room.rows);
  if (fits) room.rows -= operand.length;
  const parts = () => operand.map((part) => read(part, level + 1, room));
  const group = fits ? groupOr(core, level, parts) : kept(core);
  if (!isGroup(group)) return { ...group, ...flags };
  return { ...group, combinator: key, ...(operand.length === 1 && { single: true }), ...flags };
}

/** A group, or the whole as one piece where groups are nested too deep. */
function groupOr(json: Json, level: number, rules: () => Part[]): Group | Opaque {
  return level > MOST_LEVELS ? kept(json) : { id: freshId(), combinator: "and", rules: rules() };
}

const kept = (json: Json): Opaque => opaque(stringifyExact(json), conditionsOf(json));

/** How many conditions a part of the criteria has. */
function conditionsOf(json: Json): number {
  const [key, operand] = entry(json) ?? [];
  if ((key === "and" || key === "or") && Array.isArray(operand))
    return operand.reduce<number>((sum, part) => sum + conditionsOf(part), 0);
  return (key === "not" || key === OFF) && operand !== undefined ? conditionsOf(operand) : 1;
}

type Condition = Pick<Rule, "field" | "operator" | "value">;

/** A condition, or an `or` of values of one field, which is one condition with a list. */
function readRule(json: Json): Condition | null {
  const [key, operand] = entry(json) ?? [];
  if (key === undefined || operand === undefined) return null;
  if (key === "or" && Array.isArray(operand) && operand.length > 1) return readList(operand);
  if (key === "id") {
    if (Array.isArray(operand)) {
      const ids = operand.filter((id) => typeof id === "number");
      return ids.length === operand.length && ids.length > 0
        ? { field: "id", operator: "is", value: ids }
        : null;
    }
    return typeof operand === "number" ? { field: "id", operator: "is", value: operand } : null;
  }
  const plain = readPlain(key, operand);
  if (plain) return { field: plain.field, operator: "is", value: [plain.value] };
  if (key === "muster.seen") {
    const word = oneOf(SEEN_WORDS, operand);
    return word ? { field: "seen", operator: "is", value: word } : null;
  }
  const [test, value] = entry(operand) ?? [];
  if (test === undefined || typeof value !== "string" || value.startsWith(MARK)) return null;
  if (key === "muster.name")
    return test === "is" || test === "contains" ? { field: "name", operator: test, value } : null;
  if (key === "muster.organizationName") {
    if (test !== "is" && test !== "contains") return null;
    return { field: "organization", operator: test === "is" ? "named" : "contains", value };
  }
  const time = TIME_KEYS[key];
  if (time) {
    return TIME_OPERATORS.includes(test) ? { field: time, operator: test as TimeOperator, value } : null;
  }
  if (key === "muster.state") {
    const [field, state] = [STATE_FIELDS[test], oneOf(STATE_OPERATORS, value)];
    return field && state ? { field, operator: state, value: "" } : null;
  }
  return null;
}

/** A condition whose values a builder lists: organizations, roles, identifiers. */
function readPlain(key: string, operand: Json): { field: RuleField; value: Scalar } | null {
  if (typeof operand !== "number" && typeof operand !== "string") return null;
  if (key === "organization")
    return typeof operand === "number" ? { field: "organization", value: operand } : null;
  if (key === "role") return typeof operand === "string" ? { field: "role", value: operand } : null;
  const kind = IDENTIFIER_KEYS[key];
  return kind ? { field: kind, value: operand } : null;
}

function readList(parts: Json[]): Condition | null {
  const values: Scalar[] = [];
  let field: RuleField | null = null;
  for (const part of parts) {
    const [key, operand] = entry(part) ?? [];
    const plain = key === undefined || operand === undefined ? null : readPlain(key, operand);
    if (!plain || (field !== null && plain.field !== field)) return null;
    field = plain.field;
    values.push(plain.value);
  }
  return field && { field, operator: "is", value: values };
}

// Writing ------------------------------------------------------------------------------------

/** The criteria of a tree; null if nothing in it asks anything. Conditions without a value are left out. */
export function toCriteria(root: Group): string | null {
  const json = write(root);
  return json === null ? null : stringifyExact(json);
}

function write(part: Part): Json {
  const core = isGroup(part) ? writeGroup(part) : isOpaque(part) ? parseExact(part.value) : writeRule(part);
  if (core === null) return null;
  const meant = part.not ? { not: core } : core;
  return part.muted ? { [OFF]: meant } : meant;
}

function writeGroup(group: Group): Json {
  const parts = group.rules.map(write).filter((part) => part !== null);
  const [only] = parts;
  if (only === undefined) return null;
  const bare = parts.length === 1 && !(group.single && group.rules.length === 1);
  return bare ? only : { [group.combinator]: parts };
}

function writeRule(rule: Rule): Json {
  const { field, operator, value } = rule;
  if (!isComplete(rule)) return null;
  if (oneOf(STATE_OPERATORS, operator))
    return { "muster.state": { [isIdentifier(field) ? KEY_OF[field] : field]: operator } };
  if (isTime(field)) return { [`muster.${field}`]: { [operator]: value } };
  switch (field) {
    case "id":
      return { id: value };
    case "name":
      return { "muster.name": { [operator]: value } };
    case "seen":
      return { "muster.seen": value };
    case "organization":
      if (operator === "named") return { "muster.organizationName": { is: value } };
      if (operator === "contains") return { "muster.organizationName": { contains: value } };
      return list("organization", value);
    default:
      return list(isIdentifier(field) ? KEY_OF[field] : field, value);
  }
}

function list(key: string, value: Scalar | Scalar[]): Json {
  const leaves = [value].flat().map((one) => ({ [key]: one }));
  return leaves.length === 1 ? (leaves[0] ?? null) : { or: leaves };
}

// What a person types ------------------------------------------------------------------------

export const LARGEST_ID = Number.MAX_SAFE_INTEGER;
export const LONGEST_AGE = 5000;

/** Whether a condition asks something; otherwise it is shown, and left out of the question. */
export function isComplete({ field, operator, value }: Condition): boolean {
  if (oneOf(STATE_OPERATORS, operator)) return true;
  if (Array.isArray(value)) return value.length > 0;
  if (field === "id") return typeof value === "number";
  if (typeof value !== "string") return false;
  if (isTime(field)) return oneOf(AGE_OPERATORS, operator) ? isAge(value) : isDay(value);
  return value.trim() !== "";
}

export function isAge(text: string): boolean {
  const count = /^(\d{1,4})[dwmy]$/.exec(text)?.[1];
  return count !== undefined && Number(count) <= LONGEST_AGE;
}

export const hasStates = (field: RuleField): boolean => Object.values(STATE_FIELDS).includes(field);

/** The operators of a field, the usual one first. */
export function operatorsOf(field: RuleField): RuleOperator[] {
  const states = hasStates(field) ? STATE_OPERATORS : [];
  if (isTime(field)) return [...AGE_OPERATORS, ...DATE_OPERATORS, ...states];
  if (field === "organization") return ["is", "contains", "named", ...states];
  if (field === "name") return ["contains", "is"];
  return ["is", ...states];
}

/** The fields of a platform, the usual ones first. */
export function fieldsOf(identifiers: readonly IdentifierKind[]): RuleField[] {
  return ["organization", "role", "name", "id", ...identifiers, "seen", "created", "updated", "changed"];
}

/** What a fresh condition, or one whose field or operator changed, starts with. */
export function freshValue(field: RuleField, operator: RuleOperator): Rule["value"] {
  if (oneOf(STATE_OPERATORS, operator)) return "";
  if (field === "seen") return "new";
  if (oneOf(AGE_OPERATORS, operator)) return "90d";
  const listed = field === "organization" || field === "role" || field === "id" || isIdentifier(field);
  return listed && operator === "is" ? [] : "";
}

/** A condition with another operator: a value that still fits is kept. */
export function withOperator(rule: Rule, operator: RuleOperator): Rule {
  const fits = { ...rule, operator };
  const sameKind = typeof freshValue(rule.field, operator) === typeof rule.value;
  const keeps = sameKind && !oneOf(STATE_OPERATORS, operator) && isComplete(fits);
  return keeps ? fits : { ...fits, value: freshValue(rule.field, operator) };
}

export type Ids = { ids: number[]; rejected: string[] };

/** The ids in whatever was pasted: lines, commas, semicolons, tabs, brackets. Twice counts once. */
export function idsIn(text: string): Ids {
  const ids = new Set<number>();
  const rejected = new Set<string>();
  for (const word of text.split(/[\s,;[\]"'|]+/).filter(Boolean)) {
    const id = /^\d+$/.test(word) ? Number(word) : 0;
    if (id >= 1 && id <= LARGEST_ID) ids.add(id);
    else rejected.add(word);
  }
  return { ids: [...ids], rejected: [...rejected] };
}

/** A number as the vendor writes it. `changed`: what was typed was written differently. */
export function normalIdentifier(kind: IdentifierKind, typed: string): { value: Scalar; changed: boolean } {
  const bare = typed.trim();
  const normal = kind === "vat" ? bare.replace(/[\s.\-–/]/g, "").toUpperCase() : bare.replace(/\s/g, "");
  const integer = MAY_BE_INTEGER.has(kind) && /^(0|[1-9]\d*)$/.test(normal);
  const value = integer && Number(normal) <= LARGEST_ID ? Number(normal) : normal;
  return { value, changed: normal !== bare };
}

/** Many numbers at once: one a line, or between commas. Twice counts once. */
export function identifiersIn(kind: IdentifierKind, text: string): Scalar[] {
  const values = text
    .split(/[\n,;\t]+/)
    .map((typed) => normalIdentifier(kind, typed).value)
    .filter((value) => value !== "");
  return [...new Map(values.map((value) => [String(value), value])).values()];
}

// Changing a part -----------------------------------------------------------------------------

/** The tree with one part replaced; `path` are indexes from the root. */
export function replaceAt<P extends Part>(root: P, path: readonly number[], change: (part: Part) => Part): P {
  const [index, ...rest] = path;
  if (index === undefined) return change(root) as P;
  if (!isGroup(root)) return root;
  const rules = root.rules.map((part, at) => (at === index ? replaceAt(part, rest, change) : part));
  return { ...root, rules };
}

/** A condition to be filled in. */
export const freshRule = (): Rule => ({
  id: freshId(),
  field: "organization",
  operator: "is",
  value: [],
});

/** A group inside one that asks for all of its parts mostly asks for any. */
export const freshGroup = (within: Combinator): Group => ({
  id: freshId(),
  combinator: within === "and" ? "or" : "and",
  rules: [freshRule()],
});
