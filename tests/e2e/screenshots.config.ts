import { defineConfig } from "@playwright/test";
import { browser } from "./browser.ts";

export default defineConfig({
  testDir: ".",
  testMatch: "screenshots.ts",
  outputDir: "results",
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: { ...browser, viewport: { width: 1200, height: 760 }, reducedMotion: "reduce" } as never,
});
