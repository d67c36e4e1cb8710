// The fingerprint of a key, to be compared by eye or by telephone.
import classes from "./Fingerprint.module.css";

export function Fingerprint({ of }: { of: string }) {
  return <code className={`${classes.fingerprint} selectable`}>{of}</code>;
}
