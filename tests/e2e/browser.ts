// The system's Chromium: Playwright's own browsers are not downloaded.
import type { PlaywrightTestOptions, PlaywrightWorkerOptions } from "@playwright/test";

type Options = Partial<PlaywrightTestOptions & PlaywrightWorkerOptions>;

export const browser: Options = {
  browserName: "chromium",
  viewport: { width: 1280, height: 820 },
  locale: "en-GB",
  timezoneId: "Europe/Brussels",
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  },
};
