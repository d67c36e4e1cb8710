// How plans and steps that stand like this look: a tone, and a chip for the cells of the grid.
import type { PlanState, StepState } from "../../generated/types";
import classes from "./Chip.module.css";

export type Tone = "calm" | "busy" | "ok" | "warn" | "bad";

export const STEP_TONES: Record<StepState, Tone> = {
  waiting: "calm",
  sending: "busy",
  applied: "ok",
  accepted: "ok",
  already_so: "calm",
  rejected: "bad",
  superseded: "warn",
  unknown: "warn",
  pending: "busy",
};

export const PLAN_TONES: Record<PlanState, Tone> = {
  made: "calm",
  queued: "busy",
  running: "busy",
  paused: "warn",
  ended: "ok",
  canceled: "calm",
  replaced: "calm",
};

/** The order in which states are counted: what needs somebody first. */
export const STEP_STATES: readonly StepState[] = [
  "rejected",
  "superseded",
  "unknown",
  "sending",
  "pending",
  "waiting",
  "applied",
  "accepted",
  "already_so",
];

/** A chip as a plain element, for a cell. */
export function stepChip(state: StepState, word: string): HTMLElement {
  const chip = document.createElement("span");
  chip.className = classes.chip ?? "";
  chip.dataset.tone = STEP_TONES[state];
  chip.textContent = word;
  return chip;
}
