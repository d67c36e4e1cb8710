import { defineConfig } from "@playwright/test";
import { browser } from "./browser.ts";

export default defineConfig({
  testDir: ".",
  testMatch: "speed.ts",
  outputDir: "results",
  workers: 1,
  timeout: 900_000,
  reporter: [["line"]],
  use: browser,
});
