import { describe, expect, it } from "vitest";
import type { PlanStep } from "../../generated/types";
import { requestMail } from "./requestMail";

const step: PlanStep = {
  no: 1,
  kind: "user.update",
  target: { thing: "person", id: "1009", name: "Grégory Martin" },
  changes: [
    { path: "profile.name", before: { known: "yes", value: "Grégory" }, after: "Grégory Martin" },
    { path: "preferences.language", before: { known: "unknown" }, after: "nl" },
    { path: "subscription.end", before: { known: "none" }, after: null },
  ],
  secrets: ["password"],
  allowed: [],
  permitted: "yes",
  undo: "restore",
  not_restored: [],
  is_final: false,
  takes_away: false,
  reading_only: true,
  line: null,
  based_on: null,
};
const connection = { base_url: "https://api.medipim.be", key_id: 12 };

describe("the message to the vendor", () => {
  it("names ids and fields as the vendor does, and what is not known as unknown", () => {
    const { subject, body } = requestMail("en", connection, [step]);
    expect(subject).toBe("Request: 1 change that the API does not offer");
    expect(body).toContain("- user.update person 1009 (Grégory Martin)");
    expect(body).toContain("profile.name: Grégory -> Grégory Martin");
    expect(body).toContain("preferences.language: unknown -> nl");
    expect(body).toContain("subscription.end: (nothing) -> (nothing)");
    expect(body).toContain("Our API key: 12");
  });

  it("names no secret", () => {
    for (const language of ["nl", "fr", "en"] as const)
      expect(requestMail(language, connection, [step]).body).not.toContain("password");
  });

  it("can be opened by a mail program", () => {
    const { link, body } = requestMail("fr", connection, [step]);
    expect(decodeURIComponent(link.split("&body=")[1] ?? "")).toBe(body);
  });
});
