import { afterEach, describe, expect, it } from "vitest";
import type { ActivityEntry } from "../../generated/types";
import { show } from "../../shared/testing/show";
import { detailsOf, type EntryWords, fileName, useEntryWords } from "./words";

const entry = (own: Partial<ActivityEntry>): ActivityEntry => ({
  no: 1,
  at: 0,
  account: "anna",
  key_id: null,
  kind: "sync",
  target: { what: "connection", id: null, name: null },
  request_id: null,
  outcome: "done",
  detail: {},
  previous: "",
  hash: "",
  ...own,
});

let words: EntryWords;
function Take() {
  words = useEntryWords();
  return null;
}

describe("an entry in words", () => {
  let end = () => Promise.resolve();
  afterEach(() => end());

  it("says what was done, and what a secret was read for", async () => {
    const shown = show(<Take />);
    end = shown.end;
    await shown.drawn;
    expect(words.what(entry({ detail: { people: 2000 } }))).toBe("Synchronized 2,000 people");
    expect(words.what(entry({ outcome: "failed" }))).toBe("Synchronization");
    expect(words.what(entry({ kind: "secret_read", detail: { purpose: "apply" } }))).toBe(
      "Secret read to apply a plan",
    );
    expect(words.what(entry({ kind: "act_sent", detail: { act: "user.create" } }))).toBe(
      "Request sent: New person",
    );
    expect(words.detailText("act", "user.update")).toBe("Change person");
    expect(words.detailText("act", "moon.landing")).toBe("moon.landing");
    expect(words.detailText("made", { thing: "person", id: "12", name: "Zoë" })).toBe("Zoë (12)");
    expect(words.what(entry({ kind: "secret_written", detail: { first: false } }))).toBe("Secret replaced");
    expect(words.what(entry({ kind: "secret_written", detail: { first: true } }))).toBe("Secret saved");
  });

  it("says of what the pages leave open that it was tried, and what the vendor made of it", async () => {
    const shown = show(<Take />);
    end = shown.end;
    await shown.drawn;
    const tried = { kind: "evidence", detail: { action: "api_key.create", rule: "undocumented" } };
    expect(words.what(entry(tried))).toBe(
      "Tried although undocumented, the vendor allowed it: API keys · Create",
    );
    expect(words.what(entry({ ...tried, outcome: "refused" }))).toContain("the vendor refused");
    expect(words.what(entry({ kind: "evidence" }))).toBe("Evidence");
    expect(words.detailText("rule", "contested")).toBe("contested");
  });

  it("shows what it does not know as it is, and never fails on what was tampered with", async () => {
    const shown = show(<Take />);
    end = shown.end;
    await shown.drawn;
    const strange = entry({ kind: "moon_landing", outcome: "eaten", detail: "{" });
    expect([words.what(strange), words.outcome(strange)]).toEqual(["moon_landing", "eaten"]);
    expect(detailsOf(strange)).toEqual([["", "{"]]);
    expect(words.what(entry({ kind: "secret_read", detail: null }))).toBe("Secret read");
    expect(words.what(entry({ kind: "secret_read", detail: [1] }))).toBe("Secret read");
    expect(words.target({ what: "planet", id: null, name: null })).toBe("planet");
  });

  it("names a file by its name, and tells what an error said", () => {
    expect(fileName("C:\\Users\\anna\\people.csv")).toBe("people.csv");
    expect(fileName("/home/anna/people.csv")).toBe("people.csv");
    const refused = entry({
      detail: { source: "live", error: { message: "no", status: 403 }, practice: false },
    });
    expect(detailsOf(refused)).toEqual([
      ["source", "live"],
      ["message", "no"],
      ["status", 403],
    ]);
  });
});
