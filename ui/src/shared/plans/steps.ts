// Steps of a plan as rows, and which of them are wanted.
import type { TFunction } from "i18next";
import type { PlanStepRow, StepMark, StepState, StepsAnswer } from "../../generated/types";
import type { ActWords } from "../acts/useActWords";
import type { Block } from "../grid/blocks";
import type { Column } from "../grid/columns";
import { stepChip } from "./chip";

/** Which steps are shown: those that stand like this, those with this mark, or all. */
export type StepsFilter = { state: StepState | null; mark: StepMark | null };
export const ALL_STEPS: StepsFilter = { state: null, mark: null };

export type StepRow = PlanStepRow & { id: number };
export type StepsBlock = Block<StepRow>;

export const toBlock = (answer: StepsAnswer, offset: number): StepsBlock => ({
  total: answer.total,
  offset,
  rows: answer.rows.map((row) => ({ ...row, id: row.step.no })),
});

/** In these the vendor has what was sent: its secrets are not sent again. */
const SENT = new Set<StepState>(["applied", "accepted", "pending"]);
export const isSent = (state: StepState): boolean => SENT.has(state);

/** Where a thing that is made says its name. */
const NAMES = ["profile.name", "name", "email"];

/** Whom or what a step is about: its target, what it made, or what it would make. */
export function aboutOf({ step, made }: PlanStepRow, words: ActWords): string {
  const target = made ?? step.target;
  const named = NAMES.map((path) => step.changes.find((change) => change.path === path)?.after).find(
    (name) => typeof name === "string",
  );
  if (step.target && made) return `${words.target(step.target)} · ${words.target(made)}`;
  if (target) return words.target(target);
  return typeof named === "string" ? named : "";
}

/** Every field of a step, before and after, on one line. */
export const changesText = ({ step }: PlanStepRow, words: ActWords): string =>
  [
    ...step.changes.map(({ path, before, after }) => {
      const now = `${words.field(path)}: ${words.value(path, after)}`;
      // What is made has no before.
      if (step.target === null || before.known === "none") return now;
      return `${words.field(path)}: ${words.fact(path, before)} → ${words.value(path, after)}`;
    }),
    ...step.secrets.map((path) => `${words.field(path)}: •••`),
  ].join(" · ");

/** What the vendor answered, or why a step stands as it does. */
export function answerText(row: PlanStepRow, words: ActWords, t: TFunction): string {
  const first = row.violations[0];
  const violation =
    first && [first.path && words.field(first.path), words.violation(first)].filter(Boolean).join(": ");
  if (row.asked_at !== null && row.proved_at === null) return t("plans.step.asked");
  const reason = row.reason && t(`plans.reasons.${row.reason}`);
  return [reason, violation ?? row.message, row.conflicts.length > 0 && t("plans.step.changed_meanwhile")]
    .filter(Boolean)
    .join(" · ");
}

export function stepColumns(words: ActWords, t: TFunction): Column<StepRow>[] {
  const column = (id: "no" | "act" | "about" | "changes" | "state" | "rule" | "undo" | "answer") => ({
    id,
    header: t(`plans.columns.${id}`),
  });
  return [
    { ...column("no"), width: 64, numeric: true, text: ({ step }) => String(step.no) },
    { ...column("act"), width: 148, text: ({ step }) => words.act(step.kind) },
    { ...column("about"), width: 156, text: (row) => aboutOf(row, words) },
    {
      ...column("state"),
      width: 132,
      text: ({ state }) => t(`plans.step_states.${state}`),
      draw: ({ state }) => stepChip(state, t(`plans.step_states.${state}`)),
    },
    { ...column("changes"), width: 320, text: (row) => changesText(row, words) },
    { ...column("answer"), width: 220, grows: true, text: (row) => answerText(row, words, t) },
    { ...column("rule"), width: 148, text: ({ step }) => t(`plans.permitted.${step.permitted}`) },
    {
      ...column("undo"),
      width: 148,
      text: ({ step }) =>
        step.not_restored.length > 0 ? t("plans.undo_partly") : t(`plans.undo_ways.${step.undo}`),
    },
  ];
}
