import { describe, expect, it } from "vitest";
import type { Job, JobState } from "../generated/types";
import { inSight } from "./Exports";

const job = (id: string, state: JobState) => ({ id, state }) as Job;
const ids = (jobs: readonly Job[]) => jobs.map(({ id }) => id).join(" ");

describe("the exports in sight", () => {
  it("are those that run, however many ended since, then the newest that ended", () => {
    const short = ["d", "c", "b"].map((id) => job(id, "done"));
    expect(ids(inSight([...short, job("a", "running")]))).toBe("a d c");
  });

  it("are never fewer than those that run", () => {
    const running = ["e", "d", "c", "b"].map((id) => job(id, "running"));
    expect(ids(inSight([...running, job("a", "failed")]))).toBe("e d c b");
  });
});
