import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import type { Job, PeopleQuestion } from "../../generated/types";
import { withJob } from "./client";
import { keys, staleAfter } from "./keys";

const question = (source: "mirror" | "live", connection: string): PeopleQuestion => ({
  who: {
    connection,
    source,
    as_of: null,
    filter: null,
    search: null,
    seen: "present",
    truth: "matching",
    ids: null,
  },
  sort: [{ by: "id", direction: "ASC" }],
  offset: 0,
  limit: 100,
  remember: null,
});

describe("what an event makes stale", () => {
  it("drops the mirror of that connection only, and never what is live", () => {
    const client = new QueryClient();
    const mine = keys.people(question("mirror", "a"));
    const live = keys.people(question("live", "a"));
    const other = keys.people(question("mirror", "b"));
    for (const key of [mine, live, other]) client.setQueryData(key, 1);
    for (const queryKey of staleAfter({ kind: "changed", what: "mirror", connection: "a" }))
      client.invalidateQueries({ queryKey });
    const isStale = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;
    expect([isStale(mine), isStale(live), isStale(other)]).toEqual([true, false, false]);
  });
});

describe("jobs", () => {
  const job = (id: string, started_at: number, done = 0) => ({ id, started_at, done }) as Job;
  it("renews a job in place and keeps the newest first", () => {
    const jobs = withJob(withJob([job("a", 1)], job("b", 2)), job("a", 1, 7));
    expect(jobs.map(({ id, done }) => `${id}${done}`)).toEqual(["b0", "a7"]);
  });
});
