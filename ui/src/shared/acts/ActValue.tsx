// A value of a field; what it names by its id stands there by its name, with the id quietly behind it.
import type { JsonFact } from "../../generated/types";
import classes from "./ActValue.module.css";
import { useActWords } from "./useActWords";

export function ActValue({ path, value }: { path: string; value: unknown }) {
  const words = useActWords();
  const named = words.named(path, value);
  if (!named)
    return <span className={value === null ? "none" : "selectable"}>{words.value(path, value)}</span>;
  return (
    <span className="selectable">
      <span dir="auto">{named.name}</span> <span className={classes.id}>· {named.id}</span>
    </span>
  );
}

/** A value with its own look where it is none or not known. */
export function ActFact({ path, fact }: { path: string; fact: JsonFact }) {
  const words = useActWords();
  if (fact.known === "yes") return <ActValue path={path} value={fact.value} />;
  return <span className={fact.known}>{words.fact(path, fact)}</span>;
}
