import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { NamesKnown, NamesQuestion } from "../../generated/types";
import { queryClient } from "../reads/client";
import { keys } from "../reads/keys";
import { settled, show } from "../testing/show";
import { ActValue } from "./ActValue";
import { forgetNames } from "./names";
import { type ActWords, useActWords } from "./useActWords";
import { NamesOf } from "./useNames";

const asked: NamesQuestion[] = vi.hoisted(() => []);
const known: { answer: NamesKnown | null } = vi.hoisted(() => ({ answer: null }));

vi.mock("../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  call: async (_name: string, question: NamesQuestion) => {
    asked.push(question);
    if (!known.answer) throw new Error("the mirror cannot be read");
    return known.answer;
  },
}));

const ANSWER: NamesKnown = {
  people: { 7: "Zoë" },
  organizations: { 12: "Apotheek", 13: "Pharmacie" },
  subscription_types: [{ id: 2, code: "business", names: { nl: "Zakelijk", en: "Business" } }],
};

let words: ActWords;
function Take() {
  words = useActWords();
  return (
    <>
      {[12, 13, 14].map((id) => (
        <p key={id}>{words.value("organization", id)}</p>
      ))}
      <ActValue path="subscription.type" value={2} />
    </>
  );
}

describe("what is named by its id", () => {
  let end = () => Promise.resolve();
  beforeEach(() => {
    known.answer = ANSWER;
    asked.length = 0;
  });
  afterEach(async () => {
    await end();
    forgetNames("c");
    queryClient.clear();
  });
  const take = async (connection: string | null) => {
    const shown = show(
      <NamesOf value={connection}>
        <Take />
      </NamesOf>,
    );
    end = shown.end;
    await shown.drawn;
    await settled();
    return shown;
  };

  it("has its name with the id behind it, and all of them are asked for at once", async () => {
    const { text } = await take("c");
    expect(text()).toContain("Apotheek (12)Pharmacie (13)14Business · 2");
    expect(asked).toEqual([{ connection: "c", people: [], organizations: [12, 13, 14] }]);
  });

  it("is asked for when it is shown first, and never again", async () => {
    await take("c");
    const person = { thing: "person" as const, id: "7", name: "" };
    await act(async () => words.target(person));
    await settled();
    expect(words.target(person)).toBe("Zoë");
    expect(words.target({ thing: "api_key", id: "7", name: "" })).toBe("API key 7");
    await settled();
    expect(asked.slice(1)).toEqual([{ connection: "c", people: [7], organizations: [] }]);
  });

  it("is called otherwise as soon as the mirror says so", async () => {
    const { text } = await take("c");
    known.answer = { ...ANSWER, organizations: { 12: "Farmacia" } };
    await act(async () => queryClient.invalidateQueries({ queryKey: keys.names("c") }));
    await settled();
    expect(text()).toContain("Farmacia (12)");
  });

  it("stays an id where nothing is known, and where no connection is", async () => {
    known.answer = null;
    expect((await take("c")).text()).toContain("1213142");
    await end();
    known.answer = ANSWER;
    expect((await take(null)).text()).toContain("1213142");
    expect(asked.filter(({ connection }) => connection !== "c")).toEqual([]);
    expect(words.value("organization", "x")).toBe("x");
    expect(words.target({ thing: "person", id: "p-1", name: "" })).toBe("Person p-1");
  });
});
