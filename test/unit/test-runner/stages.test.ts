import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runStage } from "../../../tools/test-runner/stages.ts";
import type { StageContext } from "../../../tools/test-runner/stages.ts";

const project = path.resolve(import.meta.dirname, "..", "..", "..");
let root = "";
let context: StageContext;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "sealdesk-stages-"));
  mkdirSync(path.join(root, "build"));
  mkdirSync(path.join(root, "test", "unit"), { recursive: true });
  cpSync(path.join(project, "build", "vitest.config.ts"), path.join(root, "build", "vitest.config.ts"));
  symlinkSync(path.join(project, "node_modules"), path.join(root, "node_modules"), "junction");
  writeFileSync(path.join(root, "package.json"), '{ "type": "module" }');
  // The inner vitest must not take itself for a worker of the outer one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|VITE_|TEST$)/u.test(name)));
  context = { root, env, rest: [], live: false };
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (name: string, body: string) => {
  const text = `import { expect, test } from "vitest";\n${body}\n`;
  writeFileSync(path.join(root, "test", "unit", name), text);
};

test("a failing test makes its stage fail, and is named", async () => {
  write(
    "a.test.ts",
    'test("good", () => expect(1).toBe(1)); test("bad", () => expect(1).toBe(2)); test.skip("later", () => {});',
  );
  const outcome = await runStage("unit", context);
  expect(outcome).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
  expect(outcome.failures[0]?.title).toBe("test/unit/a.test.ts > bad");
});

test("a stage whose tool fails outside any test has failed", async () => {
  write("b.test.ts", 'test("good", () => { void Promise.reject(new Error("stray")); expect(1).toBe(1); });');
  const outcome = await runStage("unit", context);
  expect(outcome.failed).toBe(1);
  expect(outcome.failures[0]?.detail).toContain("stray");
});

test("a filter that finds no test is a failure, not a success with nothing in it", async () => {
  write("c.test.ts", 'test("good", () => expect(1).toBe(1));');
  const outcome = await runStage("unit", { ...context, rest: ["test/unit/nowhere"] });
  expect(outcome.failed).toBe(1);
});

test("a stage without any test file says so", async () => {
  expect(await runStage("unit", context)).toMatchObject({ passed: 0, failed: 0, note: "no tests yet" });
});

test("e2e that cannot run at all fails with the reason", async () => {
  const env = { ...context.env, SEALDESK_E2E_IMPOSSIBLE: "no browser" };
  const outcome = await runStage("e2e", { ...context, env });
  expect(outcome.failures).toEqual([{ title: "e2e", detail: "no browser" }]);
});
