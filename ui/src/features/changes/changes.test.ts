import { describe, expect, it } from "vitest";
import type { PlanState, PlanStep, PlanSummary, StepCount } from "../../generated/types";
import { needsSomebody } from "../../shared/reads/plans";
import { lackingOf } from "./ApplyDialog";
import { differing } from "./differing";
import { secondsLeft } from "./PlanProgress";
import { lastToUndo, possibleActs } from "./possible";
import { movedTo, sectionsOf } from "./sections";

const plan = (id: string, state: PlanState, more: Partial<PlanSummary> = {}): PlanSummary => ({
  id,
  title: id,
  state,
  position: null,
  made_at: 1,
  made_by: "zoe",
  changed_at: 1,
  host: "api.medipim.be",
  key_id: 2,
  role: null,
  base_sync: 1,
  steps: 2,
  requests: 4,
  seconds: 0,
  takes_away: 0,
  undoes: null,
  replaced_by: null,
  counts: [{ state: "waiting", count: 2 }],
  marks: [],
  seal: "ab",
  is_whole: true,
  untaken: { count: 0, first: null },
  missing: { waiting: 0, rejected: 0, first: null },
  ...more,
});
const applied: StepCount[] = [{ state: "applied", count: 2 }];

describe("the list", () => {
  it("keeps the outbox in its order and puts what ended last, the newest first", () => {
    const plans = [
      plan("a", "ended", { changed_at: 5 }),
      plan("b", "queued", { position: 2 }),
      plan("c", "queued", { position: 1 }),
      plan("d", "made", { changed_at: 3 }),
      plan("e", "canceled", { changed_at: 9 }),
      plan("f", "paused", { changed_at: 4 }),
    ];
    const { outbox, open, ended } = sectionsOf(plans);
    expect(outbox.map(({ id }) => id)).toEqual(["c", "b"]);
    expect(open.map(({ id }) => id)).toEqual(["f", "d"]);
    expect(ended.map(({ id }) => id)).toEqual(["e", "a"]);
  });

  it("moves one to a place, and no further than the ends", () => {
    expect(movedTo(["a", "b", "c"], "a", 1)).toEqual(["b", "a", "c"]);
    expect(movedTo(["a", "b", "c"], "b", -1)).toEqual(["b", "a", "c"]);
    expect(movedTo(["a", "b", "c"], "a", 9)).toEqual(["b", "c", "a"]);
  });
});

describe("passwords that are gone", () => {
  it("keep back what would be sent without them, and nothing else", () => {
    const missing = { waiting: 1, rejected: 2, first: 3 };
    expect(lackingOf("apply", { missing })).toBe(1);
    expect(lackingOf("resume", { missing })).toBe(1);
    expect(lackingOf("retry", { missing })).toBe(3);
    expect(lackingOf("cancel", { missing })).toBe(0);
  });
});

describe("what may be done with a plan", () => {
  it("offers the outbox in the place of applying while there is no network", () => {
    expect(possibleActs(plan("a", "made"), false, true)[0]).toBe("queue");
    expect(possibleActs(plan("a", "made"), false, false)[0]).toBe("apply");
  });

  it("makes a plan of the outbox again before it goes", () => {
    expect(possibleActs(plan("a", "queued"), false, false)[0]).toBe("again");
  });

  it("neither sends nor makes again what is not what was sealed", () => {
    const broken = plan("a", "made", { is_whole: false });
    expect(possibleActs(broken, false, false)).toEqual(["remove"]);
  });

  it("undoes only what was applied, and retries only what was refused", () => {
    const ended = plan("a", "ended", { counts: applied });
    expect(possibleActs(ended, false, false)).toEqual(["undo"]);
    const refused = plan("a", "ended", { counts: [{ state: "rejected", count: 1 }] });
    expect(possibleActs(refused, false, false)).toEqual(["retry", "again", "change"]);
  });

  it("goes on with one that was running when the app ended", () => {
    expect(possibleActs(plan("a", "running"), false, false)).toContain("resume");
    expect(possibleActs(plan("a", "running"), true, false)).toContain("pause");
  });
});

describe("taking back the last change", () => {
  const first = plan("first", "ended", { counts: applied, changed_at: 1 });
  const second = plan("second", "ended", { counts: applied, changed_at: 2 });

  it("is about the plan that was applied last", () => {
    expect(lastToUndo([first, second, plan("new", "made", { changed_at: 3 })])).toEqual({ undo: "second" });
  });

  it("opens the plan that undoes it where there is one", () => {
    const undoing = plan("undo", "made", { undoes: "second", changed_at: 3 });
    expect(lastToUndo([first, second, undoing])).toEqual({ open: "undo" });
  });

  it("goes on to the one before once that has ended, and never undoes an undoing", () => {
    const undone = plan("undo", "ended", { undoes: "second", counts: applied, changed_at: 3 });
    expect(lastToUndo([first, second, undone])).toEqual({ undo: "first" });
  });

  it("has nothing to do where nothing was applied", () => {
    expect(lastToUndo([plan("a", "made")])).toBeNull();
  });
});

describe("what needs somebody", () => {
  it("is what stands still by itself", () => {
    expect(needsSomebody(plan("a", "paused"), false, false)).toBe(true);
    expect(needsSomebody(plan("a", "running"), false, true)).toBe(false);
    expect(needsSomebody(plan("a", "running"), false, false)).toBe(true);
    expect(needsSomebody(plan("a", "queued"), true, false)).toBe(false);
    expect(needsSomebody(plan("a", "queued"), false, false)).toBe(true);
    const unknown = plan("a", "ended", { counts: [{ state: "unknown", count: 1 }] });
    expect(needsSomebody(unknown, false, false)).toBe(true);
    expect(needsSomebody(plan("a", "ended", { counts: applied }), false, false)).toBe(false);
  });
});

describe("a plan that was made again", () => {
  const step = (no: number, id: string, before: string, after: string): PlanStep => ({
    no,
    kind: "user.update",
    target: { thing: "person", id, name: id },
    changes: [{ path: "profile.name", before: { known: "yes", value: before }, after }],
    secrets: [],
    allowed: [],
    permitted: "yes",
    undo: "restore",
    not_restored: [],
    is_final: false,
    takes_away: false,
    reading_only: false,
    line: null,
    based_on: null,
  });

  it("says what stands otherwise now, what was left out and what is new", () => {
    const before = [step(1, "7", "Ann", "Zoe"), step(2, "8", "Bo", "Bob"), step(3, "9", "Cy", "Cid")];
    const now = [step(1, "7", "Ann", "Zoe"), step(2, "8", "Boris", "Bob"), step(3, "10", "Di", "Dee")];
    const found = differing(before, now);
    expect(found.map(({ how, step: { target } }) => [how, target?.id])).toEqual([
      ["changed", "8"],
      ["added", "10"],
      ["dropped", "9"],
    ]);
  });
});

it("counts the time that is left by the steps that are left", () => {
  expect(secondsLeft({ seconds: 600, steps: 100 }, 75)).toBe(150);
  expect(secondsLeft({ seconds: 600, steps: 0 }, 0)).toBe(0);
});
