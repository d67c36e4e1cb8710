// What the columns of a file mean: what is offered, what is chosen, what is wrong with that.
import type { ActField, ActForm, ImportInspection, ImportMeaning } from "../../../generated/types";

/** What somebody has said that the columns of these names mean. */
export type Mapped = { names: readonly string[]; meanings: readonly ImportMeaning[] };

/** A meaning as the value of a select: the path of a field, `target`, or nothing. */
export function choiceOf(meaning: ImportMeaning): string {
  if (meaning.is === "field") return meaning.path;
  return meaning.is === "target" ? "target" : "";
}

export function meaningOf(value: string): ImportMeaning {
  if (value === "") return { is: "ignored" };
  return value === "target" ? { is: "target" } : { is: "field", path: value };
}

/** What a column may mean in an act. Never a secret: a plan keeps none. */
export function offered({ target, fields }: ActForm): string[] {
  const paths = fields.filter(({ kind }) => kind !== "password").map(({ path }) => path);
  return target === null ? paths : ["target", ...paths];
}

/** Whether an act cannot do without it. */
export const isRequired = ({ fields }: ActForm, value: string): boolean =>
  value === "target" || fields.some((field: ActField) => field.path === value && field.required);

const namesOf = ({ columns }: ImportInspection) => columns.map(({ name }) => name);

/** What columns mean now: what was said of columns with these names, else as the last time, else a guess. */
export function meaningsOf(seen: ImportInspection, mapped: Mapped | null): ImportMeaning[] {
  const isOfThese = mapped !== null && JSON.stringify(mapped.names) === JSON.stringify(namesOf(seen));
  const meanings = isOfThese ? mapped.meanings : (seen.remembered ?? seen.columns.map(({ guess }) => guess));
  return seen.columns.map(({ secret }, at) =>
    secret ? { is: "ignored" } : (meanings[at] ?? { is: "ignored" }),
  );
}

/** The same with another meaning for one column. */
export function withMeaning(
  seen: ImportInspection,
  meanings: readonly ImportMeaning[],
  at: number,
  value: string,
): Mapped {
  return {
    names: namesOf(seen),
    meanings: meanings.map((own, index) => (index === at ? meaningOf(value) : own)),
  };
}

/** The columns that mean the same as another one. */
export function twiceMapped(meanings: readonly ImportMeaning[]): ReadonlySet<number> {
  const values = meanings.map(choiceOf);
  const isTwice = (value: string) => value !== "" && values.indexOf(value) !== values.lastIndexOf(value);
  return new Set(values.flatMap((value, at) => (isTwice(value) ? [at] : [])));
}

/** What an act needs and no column is. */
export function missingOf(form: ActForm, meanings: readonly ImportMeaning[]): string[] {
  const values = new Set(meanings.map(choiceOf));
  return offered(form).filter((value) => isRequired(form, value) && !values.has(value));
}

/** How many values of a column are shown. */
const EXAMPLES = 3;

/** The first different values of a column. */
export function examplesOf({ first }: ImportInspection, at: number): string[] {
  const cells = first.map(({ cells: own }) => own[at]?.trim() ?? "").filter((cell) => cell !== "");
  return [...new Set(cells)].slice(0, EXAMPLES);
}

/** A title that the engine takes. */
export const LONGEST_TITLE = 80;

/** What a plan is called if nobody says: as its file, without the ending. */
export const titleOf = (file: string): string => file.replace(/\.[^.]+$/, "").slice(0, LONGEST_TITLE) || file;
