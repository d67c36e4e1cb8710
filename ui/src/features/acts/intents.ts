// From what stands in a form to what is wanted, and back.
import type {
  ActField,
  ActForm,
  ActTarget,
  ActViolation,
  ChangeDraft,
  Intent,
  IntentsChecked,
  JsonFact,
  PersonDetails,
} from "../../generated/types";

/** What was said, by path; null takes a value away, what is not there stays as it is. */
export type Values = Record<string, unknown>;

/** What a form is opened for. */
export type Asked = {
  connection: string;
  act: string;
  /** What it is done to; none: it makes something, or the form asks. */
  targets: ActTarget[];
  values: Values;
  /** Only these fields are shown: `preferences`. */
  part: Part | null;
  /** What is known of the only target, by path. */
  known: Record<string, JsonFact>;
  /** The draft that it goes on with. */
  draft: string | null;
};

/** The parts of a form, in their order. */
export const PARTS = ["account", "profile", "preferences", "subscription"] as const;
export type Part = (typeof PARTS)[number];

export const partOf = (path: string): Part => PARTS.find((part) => path.startsWith(`${part}.`)) ?? "account";

/** More are checked when the plan is made, not while somebody types. */
const CHECKED_WHILE_TYPING = 50;

export function intentsOf(
  act: string,
  targets: readonly ActTarget[],
  values: Values,
  secrets: string[] = [],
) {
  const intent = (target: ActTarget | null): Intent => ({ kind: act, target, values, secrets, line: null });
  return targets.length === 0 ? [intent(null)] : targets.map(intent);
}

export const checkedWhileTyping = (intents: Intent[]) => intents.slice(0, CHECKED_WHILE_TYPING);

/** Whether a field is one thing's own: it is the same for no two. */
export const isOwn = ({ path, kind }: Pick<ActField, "path" | "kind">): boolean =>
  kind === "email" || kind === "password" || kind === "identifier" || isName(path);

const isName = (path: string) => /(^|\.)name$/.test(path);

/** The part of a form that a change was made in; null: in several, or in what has no parts. */
function partIn(targets: readonly ActTarget[], values: Values): Part | null {
  const [part, ...others] = new Set(Object.keys(values).map(partOf));
  if (targets.length === 0 || part === undefined || part === "account") return null;
  return others.length === 0 ? part : null;
}

/** The form that a draft goes on in; null: no form says it, or it is of a file. */
export function askedOf(connection: string, { id, intents }: ChangeDraft): Asked | null {
  const [first] = intents;
  if (!first) return null;
  const same = (own: Intent) =>
    own.kind === first.kind &&
    own.line === null &&
    JSON.stringify(own.values) === JSON.stringify(first.values);
  if (!intents.every(same)) return null;
  const targets = intents.flatMap(({ target }) => (target ? [target] : []));
  const { kind: act, values } = first;
  if (targets.length > 1 && Object.keys(values).some(isName)) return null;
  return { connection, act, targets, values, part: partIn(targets, values), known: {}, draft: id };
}

/** What may stand in the next form of the same kind: nothing that is one thing's own, and no secret. */
export function templateOf({ fields }: ActForm, values: Values): Values {
  const kept = fields.filter((field) => !isOwn(field) && values[field.path] != null);
  return Object.fromEntries(kept.map(({ path }) => [path, values[path]]));
}

/** What is wrong, by field; what has no field of the form stands under the empty path. */
export function problemsByPath(
  checked: Pick<IntentsChecked, "problems"> | null,
  fields: readonly ActField[],
): Map<string, ActViolation[]> {
  const found = new Map<string, ActViolation[]>();
  const seen = new Set<string>();
  for (const violation of checked?.problems.flatMap(({ violations }) => violations) ?? []) {
    const path = fields.some((field) => field.path === violation.path) ? violation.path : "";
    const name = `${path}\n${violation.message}`;
    if (seen.has(name)) continue;
    seen.add(name);
    found.set(path, [...(found.get(path) ?? []), violation]);
  }
  return found;
}

/** Where the drawer keeps what a field of user.update changes. */
const KEYS: Record<string, string> = {
  "profile.name": "name",
  organization: "organization",
  role: "role",
  "preferences.language": "language",
  "preferences.isPublic": "public",
  "subscription.type": "subscription_type",
  "subscription.start": "subscription_start",
  "subscription.end": "subscription_end",
};

/** What is known of a person, by the paths of the form. */
export function knownOf({ values }: PersonDetails): Record<string, JsonFact> {
  const fact = (key: string): JsonFact => {
    const value = values.find((own) => own.key === key);
    if (!value || value.known === "unknown") return { known: "unknown" };
    return value.known === "yes" ? { known: "yes", value: value.value } : { known: "none" };
  };
  return Object.fromEntries(Object.entries(KEYS).map(([path, key]) => [path, fact(key)]));
}

/** What of a person may stand in the form of another one. */
export function templateOfPerson(details: PersonDetails, form: ActForm): Values {
  const known = Object.entries(knownOf(details));
  const values = known.flatMap(([path, fact]) => (fact.known === "yes" ? [[path, fact.value]] : []));
  return templateOf(form, Object.fromEntries(values));
}

/** Whether nothing stands in a form. */
export const isEmpty = (values: Values) => Object.keys(values).length === 0;

/** A day as the vendor's time: a start from its first second, an end until its last one. */
export function timeOf(path: string, day: string): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const isEnd = path.endsWith(".end");
  const at = isEnd ? new Date(year, month - 1, date, 23, 59, 59) : new Date(year, month - 1, date);
  return Math.floor(at.getTime() / 1000);
}

/** The day of a time: `2026-01-31`. */
export function dayOf(at: number): string {
  const day = new Date(at * 1000);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** How hard a password is to guess; 0: there is none. */
export type Strength = 0 | 1 | 2 | 3 | 4;

/** What is long counts more than what is odd. */
export function strengthOf(password: string): Strength {
  if (password === "") return 0;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length;
  const alphabet = [0, 26, 52, 62, 90][kinds] ?? 90;
  // What stands in it again counts half.
  const bits = ((new Set(password).size + password.length) / 2) * Math.log2(alphabet);
  return bits < 35 ? 1 : bits < 55 ? 2 : bits < 75 ? 3 : 4;
}
