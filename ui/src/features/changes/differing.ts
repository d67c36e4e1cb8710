// What differs between a plan and the one that was made of it again.
import type { PlanStep, StepChange } from "../../generated/types";

export type StepDifference = {
  how: "added" | "dropped" | "changed";
  step: PlanStep;
  /** What stands now otherwise than it did, field by field; only of what changed. */
  fields: Array<{ path: string; was: StepChange | null; is: StepChange | null }>;
};

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What tells a step from the others: the act, its target, and where it makes something what that is. */
function nameOf({ kind, target, line, changes }: PlanStep): string {
  const made = target === null ? changes.map(({ path, after }) => [path, after]) : null;
  return JSON.stringify([kind, target?.thing ?? null, target?.id ?? null, line, made]);
}

function fieldsThatDiffer(old: readonly StepChange[], now: readonly StepChange[]): StepDifference["fields"] {
  const paths = [...new Set([...old, ...now].map(({ path }) => path))];
  return paths.flatMap((path) => {
    const was = old.find((own) => own.path === path) ?? null;
    const is = now.find((own) => own.path === path) ?? null;
    return same([was?.before, was?.after], [is?.before, is?.after]) ? [] : [{ path, was, is }];
  });
}

export function differing(before: readonly PlanStep[], now: readonly PlanStep[]): StepDifference[] {
  const left = new Map<string, PlanStep[]>();
  for (const step of before) {
    const name = nameOf(step);
    left.set(name, [...(left.get(name) ?? []), step]);
  }
  const found: StepDifference[] = [];
  for (const step of now) {
    const old = left.get(nameOf(step))?.shift();
    if (!old) {
      found.push({ how: "added", step, fields: [] });
      continue;
    }
    const fields = fieldsThatDiffer(old.changes, step.changes);
    if (fields.length > 0) found.push({ how: "changed", step, fields });
  }
  const dropped = [...left.values()].flat().sort((a, b) => a.no - b.no);
  return [...found, ...dropped.map((step) => ({ how: "dropped" as const, step, fields: [] }))];
}
