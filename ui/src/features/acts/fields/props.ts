// What every field of a form is given.
import type { ReactNode } from "react";
import type { ActField, JsonFact } from "../../../generated/types";

export type FieldProps = {
  connection: string;
  field: ActField;
  label: string;
  /** What was said; undefined: nothing. */
  value: unknown;
  /** `undefined` takes back what was said. */
  onChange: (value: unknown) => void;
  onBlur: () => void;
  /** What is wrong with it, as far as it is to be told yet. */
  error: string | null;
  /** What is known of it now; null: it is about something new, or about many. */
  now: JsonFact | null;
  /** Under the label: what it is now, why it rests. */
  note: ReactNode;
  /** Something that is there is changed: what is not said stays as it is. */
  changes: boolean;
  /** The rules say that it may not be given. */
  rests: boolean;
  /** It has the focus when the form opens. */
  first: boolean;
};
