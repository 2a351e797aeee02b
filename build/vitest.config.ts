import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));

/** One project a kind of test; e2e is Playwright's (see test/e2e). */
function project(name: string, timeoutMilliseconds: number, retry = 0) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`test/${name}/**/*.test.{ts,tsx}`],
      testTimeout: timeoutMilliseconds,
      hookTimeout: timeoutMilliseconds,
      retry,
    },
  };
}

// Real servers, files and processes on a busy machine: a second chance in CI, and the runner names what needed it.
const secondChance = process.env["CI"] === undefined ? 0 : 1;

export default defineConfig({
  root,
  test: {
    environment: "node",
    reporters: ["default"],
    // Left to itself vitest keeps one core free, which is every other one of a small machine.
    maxWorkers: "100%",
    projects: [
      project("unit", 20_000),
      project("integration", 60_000, secondChance),
      project("interop", 300_000, secondChance),
    ],
  },
});
