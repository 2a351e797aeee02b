import { defineConfig } from "@playwright/test";

/** End-to-end tests: the real program, driven as a person would. Which Electron runs is the environment's choice. */
export default defineConfig({
  testDir: "../test/e2e",
  outputDir: "../test-results",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: true,
  // Real windows on a busy machine: a second chance in CI, and the runner names what needed it.
  retries: process.env["CI"] === undefined ? 0 : 1,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"]],
  use: { trace: "retain-on-failure" },
});
