// npm run fuzz -- [--minutes N] [--cases N] [--findings N] [--seed N] [--target NAME]
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readCurrent } from "./current-case.ts";
import { saveInput } from "./fuzz-loop.ts";
import type { FuzzResult } from "./fuzz-loop.ts";
import { TARGET_NAMES } from "./targets.ts";

/** A case that takes longer than this hangs. */
const HANG_MILLISECONDS = 60_000;
/** Of objects; what a case may cost beside its own bytes. */
const HEAP_MEGABYTES = 600;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    cases: { type: "string", default: "1000000000" },
    findings: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    target: { type: "string" },
    folder: { type: "string", default: join(import.meta.dirname, "../../.cache/fuzz") },
  },
});
const folder = resolve(values.folder);
const names: readonly string[] = values.target === undefined ? TARGET_NAMES : [values.target];
const milliseconds = Math.max(1_000, (Number(values.minutes) * 60_000) / names.length);
mkdirSync(folder, { recursive: true });

for (const name of names) {
  const result = await runTarget(name);
  const { cases, kept, blocks, findings } = result;
  process.stdout.write(`${name}: ${cases} cases, ${kept} kept, ${blocks} blocks, ${findings.length} findings\n`);
  for (const { complaint, file } of findings) {
    process.exitCode = 1;
    process.stdout.write(`  ${complaint}\n  ${file}\n`);
  }
}
if (process.exitCode === 1) {
  process.stdout.write("CONTRIBUTING.md, “Fuzzing”, says how a finding becomes a test.\n");
}

async function runTarget(name: string): Promise<FuzzResult> {
  const current = join(folder, `${name}.current`);
  rmSync(current, { force: true });
  const script = join(import.meta.dirname, "run-target.ts");
  const args = [script, name, values.seed, values.cases, String(milliseconds), values.findings, folder];
  const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MEGABYTES}`, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const heard = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (heard.stdout += String(chunk)));
  child.stderr.on("data", (chunk: Buffer) => (heard.stderr += String(chunk)));
  let hangs = false;
  const watch = setInterval(() => {
    const begun = statSync(current, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - begun > HANG_MILLISECONDS) {
      hangs = true;
      child.kill("SIGKILL");
    }
  }, 2_000);
  const code = await new Promise<number | null>((done) => child.on("close", done));
  clearInterval(watch);
  if (code === 0) {
    return JSON.parse(heard.stdout.trim().split("\n").at(-1) ?? "") as FuzzResult;
  }
  const bytes = statSync(current, { throwIfNoEntry: false }) === undefined ? undefined : readCurrent(current);
  const complaint = hangs
    ? "hangs"
    : `ended the process (${code}): ${heard.stderr.trim().split("\n").slice(-8).join(" ")}`;
  const file = bytes === undefined ? "before the first case" : saveInput(folder, name, bytes);
  return { cases: 0, kept: 0, blocks: 0, findings: [{ complaint, file }] };
}
