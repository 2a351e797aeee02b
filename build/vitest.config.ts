import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));

/** One project a kind of test; e2e is Playwright's (see test/e2e). */
function project(name: string, timeoutMilliseconds: number) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`test/${name}/**/*.test.{ts,tsx}`],
      testTimeout: timeoutMilliseconds,
      hookTimeout: timeoutMilliseconds,
    },
  };
}

export default defineConfig({
  root,
  test: {
    environment: "node",
    reporters: ["default"],
    projects: [project("unit", 20_000), project("integration", 60_000), project("interop", 300_000)],
  },
});
