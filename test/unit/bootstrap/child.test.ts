import { spawn } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { run } from "../../../tools/bootstrap/child.mjs";

const node = process.execPath;
const childModule = path.resolve(import.meta.dirname, "../../../tools/bootstrap/child.mjs");

test("the exit status comes through", async () => {
  expect((await run(node, ["-e", "process.exit(7)"])).code).toBe(7);
});

test("arguments arrive as they are: spaces, quotes, accents, dollar signs", async () => {
  const args = ["a b", 'say "x"', "é✓", "$HOME", "--", ""];
  const script = "process.stdout.write(JSON.stringify(process.argv.slice(1)))";
  const { output } = await run(node, ["-e", script, "--", ...args], { capture: true });
  expect(JSON.parse(output)).toEqual(args);
});

test("a program that does not end is ended", async () => {
  const { timedOut, code } = await run(node, ["-e", "setInterval(() => {}, 1000)"], {
    capture: true,
    timeoutMilliseconds: 300,
  });
  expect(timedOut).toBe(true);
  expect(code).not.toBe(0);
});

test("a program that cannot be started is an error, not a silence", async () => {
  await expect(run("/no/such/program", [])).rejects.toThrow("ENOENT");
});

test.skipIf(process.platform === "win32")("a signal to us ends the child, and its status is passed on", async () => {
  const inner = "process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up')";
  const outer = `
    const { run } = await import(${JSON.stringify(childModule)});
    process.exitCode = (await run(process.execPath, ["-e", ${JSON.stringify(inner)}])).code;`;
  const parent = spawn(node, ["--input-type=module", "-e", outer], { stdio: ["ignore", "pipe", "inherit"] });
  const code = new Promise<number | null>((resolve) => parent.once("exit", resolve));
  parent.stdout.once("data", () => parent.kill("SIGTERM"));
  expect(await code).toBe(5);
});

test.skipIf(process.platform === "win32")("when npm's shell is killed over our head, the child ends too", async () => {
  const inner =
    "process.on('SIGTERM', () => { console.log('ended'); process.exit(0); }); setInterval(() => {}, 1000); console.log('up')";
  const outer = `
    const { run } = await import(${JSON.stringify(childModule)});
    await run(process.execPath, ["-e", ${JSON.stringify(inner)}]);`;
  // Two commands, so that the shell stays between and does not become node itself; exactly as under npm.
  const shell = spawn("sh", ["-c", '"$0" --input-type=module -e "$1"; true', node, outer], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, npm_lifecycle_event: "sealdesk" },
  });
  let output = "";
  shell.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    if (output === "up\n") shell.kill("SIGKILL");
  });
  await expect.poll(() => output, { timeout: 10_000 }).toBe("up\nended\n");
});
