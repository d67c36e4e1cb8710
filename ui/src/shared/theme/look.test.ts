import { describe, expect, it } from "vitest";
import { resolveLanguage } from "../i18n";
import { resolveLook } from "./look";

describe("how the window looks", () => {
  it("follows the system where the settings say so", () => {
    const settings = { language: null, scheme: "system", contrast: "system", ceiling: 20 } as const;
    expect(resolveLook(settings, true, true)).toEqual({ scheme: "dark", contrast: "high" });
    expect(
      resolveLook({ ...settings, scheme: "light", contrast: "normal", ceiling: 20 }, true, true),
    ).toEqual({
      scheme: "light",
      contrast: "normal",
    });
  });

  it("speaks the first language of the system that it has", () => {
    expect(resolveLanguage(null, ["pt-BR", "nl-BE", "en"])).toBe("nl");
    expect(resolveLanguage(null, ["ja"])).toBe("en");
    expect(resolveLanguage("fr", ["nl"])).toBe("fr");
  });
});
