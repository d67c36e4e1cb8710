import { defineConfig } from "@playwright/test";
import { browser } from "./browser.ts";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "results",
  workers: 1,
  timeout: 120_000,
  // A test that passes at its second try is listed as flaky, to be mended.
  retries: process.env.CI ? 1 : 0,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: { ...browser, trace: "retain-on-failure" },
});
