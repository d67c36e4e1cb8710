// How the UI is built, served in development and tested.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  clearScreen: false,
  server: { host: "127.0.0.1", port: 1420, strictPort: true },
  build: {
    // The oldest engine among the webviews is WebKitGTK's; Safari 16 stands for it.
    target: "safari16",
    // No data: URIs, so that the window's content policy can say 'self' and nothing more.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2_000,
  },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
