import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { TARGET_NAMES } from "../../fuzz/targets.ts";

const RUN = join(import.meta.dirname, "../../fuzz/run.ts");
const LIMIT = 50_000;

async function fuzz(target: string, cases: number) {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-fuzz-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const args = [
    RUN,
    "--target",
    target,
    "--cases",
    String(cases),
    "--minutes",
    "0.75",
    "--findings",
    "1",
    "--folder",
    folder,
  ];
  const ended = await promisify(execFile)(process.execPath, args, {
    timeout: LIMIT,
    env: { ...process.env, NODE_OPTIONS: "" },
  }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { readonly code: number; readonly stdout: string }) => error,
  );
  const saved = (await readdir(folder)).filter((name) => name.endsWith(".bin"));
  return { ...ended, saved: saved.map((name) => join(folder, name)) };
}

test("a bug behind three conditions is found, which chance alone would not do, and its input is kept", async () => {
  const { code, stdout, saved } = await fuzz("planted", 100_000);
  expect(stdout).toContain("found the planted bug");
  expect(code).toBe(1);
  expect(saved).toHaveLength(1);
  expect(await readFile(saved[0] ?? "", "latin1")).toBe("FUZ");
});

test.each(TARGET_NAMES)("a short run over %s finds nothing", async (name) => {
  const { code, stdout } = await fuzz(name, 400);
  expect(stdout).toMatch(/[1-9]\d* cases, .* 0 findings/u);
  expect(code).toBe(0);
});
