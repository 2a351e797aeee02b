import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { makePdf } from "../../interop/pades/made-pdfs.ts";

export const MAIN = join(import.meta.dirname, "../../../cli/main.ts");
const TIME_LIMIT_MILLISECONDS = 50_000;

/** All fields of a line of `verify --json` and `sign --json`. Which of them are there is what the tests find out. */
export interface CliLine {
  readonly file: string;
  readonly verdict: string;
  readonly reasons: readonly { readonly code: string }[];
  readonly signatures: readonly object[];
  readonly output: string | null;
  readonly level: string | null;
  readonly error: string | null;
}

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output, a JSON object a line. */
  readonly lines: () => readonly CliLine[];
}

export interface CliOptions {
  readonly data: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** After this it is killed: no test leaves a process behind. */
  readonly timeLimit?: number;
}

/** The real program as a process of its own. It is ended when the test is over, whatever happened. */
export function startCli(
  args: readonly string[],
  { data, cwd, env, timeLimit }: CliOptions,
): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, NODE_OPTIONS: "", ...env, SEALDESK_DATA: data },
    timeout: timeLimit ?? TIME_LIMIT_MILLISECONDS,
    killSignal: "SIGKILL",
    ...(cwd === undefined ? {} : { cwd }),
  });
  child.stdin.end();
  return child;
}

export async function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  return resultOf(startCli(args, options));
}

export async function resultOf(child: ChildProcessWithoutNullStreams): Promise<CliResult> {
  const [stdout, stderr, status] = await Promise.all([heard(child.stdout), heard(child.stderr), exitOf(child)]);
  return {
    status,
    stdout,
    stderr,
    lines: () =>
      stdout
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as CliLine),
  };
}

export function exitOf(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
}

/** Everything that the stream says. Listens, so that others may listen too. */
function heard(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => resolve(Buffer.concat(chunks).toString()));
  });
}

/** Resolves when the stream has told something; rejects when it ended without. */
export function told(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let all = "";
    stream
      .on("data", (chunk: Buffer) => {
        all += String(chunk);
        if (pattern.test(all)) {
          resolve(all);
        }
      })
      .on("end", () => reject(new Error(`ended without ${String(pattern)}: ${all}`)));
  });
}

/** A folder for one test. */
export async function folderForTest(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-cli-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function writePdfs(folder: string, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => writeFile(join(folder, name), makePdf({ pages: 3 }))));
}

/** Staged and temporary files that should be gone. */
export async function litter(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.includes(".part") || name.includes(".sealdesk-"));
}

/** The stable code that an error begins with. */
export const codeOf = ({ error }: CliLine): string | null => error?.split(":")[0] ?? null;
