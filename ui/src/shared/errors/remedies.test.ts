import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../generated/types";
import de from "../i18n/de.json";
import en from "../i18n/en.json";
import fr from "../i18n/fr.json";
import nl from "../i18n/nl.json";
import { REMEDIES, remedyFor } from "./remedies";

const codes = Object.keys(REMEDIES) as ErrorCode[];

describe("the table of errors", () => {
  it.each([
    ["en", en],
    ["nl", nl],
    ["fr", fr],
    ["de", de],
  ])("has words for every code in %s", (_, texts) => {
    for (const code of codes) {
      expect(texts.errors[code].title, code).not.toBe("");
      expect(texts.errors[code].body, code).not.toBe("");
    }
  });

  it("has words for every button", () => {
    for (const code of codes) expect(en.remedies).toHaveProperty(REMEDIES[code]);
  });

  it("offers the remedy of the code where the place has it", () => {
    expect(remedyFor("offline", { use_mirror: () => {}, try_again: () => {} })).toBe("use_mirror");
  });

  it("unlocks a locked keyring wherever it is met", () => {
    expect(remedyFor("keyring_locked", {})).toBe("unlock");
  });

  it("falls back to trying again, then to copying the details", () => {
    expect(remedyFor("offline", { try_again: () => {} })).toBe("try_again");
    expect(remedyFor("offline", {})).toBe("copy_details");
  });

  it("always counts down after a rate limit", () => {
    expect(remedyFor("rate_limited", {})).toBe("wait");
  });
});
