import { expect, test } from "vitest";
import { runProgram } from "../../../tools/test-runner/run-program.ts";

const options = { cwd: import.meta.dirname, env: process.env, timeoutMilliseconds: 10_000, live: false };

test("output of both streams and the exit status are kept", async () => {
  const script = "console.log('out'); console.error('err'); process.exit(3)";
  const result = await runProgram(process.execPath, ["-e", script], options);
  expect(result.code).toBe(3);
  expect(result.output).toContain("out");
  expect(result.output).toContain("err");
});

test("a program over its time is ended and said to be", async () => {
  const script = "setInterval(() => {}, 1000)";
  const result = await runProgram(process.execPath, ["-e", script], { ...options, timeoutMilliseconds: 300 });
  expect(result.timedOut).toBe(true);
});

test.skipIf(process.platform === "win32")("what a program leaves running is ended with it", async () => {
  const leaked = "setInterval(() => {}, 1000)";
  const script = `
    const child = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(leaked)}], { stdio: "inherit" });
    console.log(child.pid); child.unref(); process.exit(0);`;
  const result = await runProgram(process.execPath, ["-e", script], options);
  expect(result.code).toBe(0);
  const pid = Number(result.output.trim());
  expect(pid).toBeGreaterThan(0);
  await expect.poll(() => isRunning(pid), { timeout: 5000 }).toBe(false);
});

test("a program that is not there is a failure", async () => {
  expect((await runProgram("/no/such/program", [], options)).code).toBe(127);
});

/** A killed process that nobody has waited for yet is still in the table, as a zombie. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const { readFileSync } = process.getBuiltinModule("node:fs");
  return process.platform === "linux" ? !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ") : true;
}
