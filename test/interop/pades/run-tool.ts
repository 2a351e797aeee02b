import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

export interface ToolOutcome {
  readonly status: number;
  /** Standard output and standard error, one after the other. */
  readonly output: string;
}

export interface ToolOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs somebody else's program, with a time limit. A status other than 0 is an answer, not an error. */
export function runTool(tool: string, args: readonly string[], options: ToolOptions = {}) {
  return new Promise<ToolOutcome>((resolve, reject) => {
    execFile(
      tool,
      [...args],
      {
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        timeout: 60_000,
        maxBuffer: 16 * 1024 * 1024,
        env: { ...process.env, LC_ALL: "C", ...options.env },
      },
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== "number") {
          reject(error);
          return;
        }
        resolve({ status: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr });
      },
    );
  });
}

/** The tool must succeed: for making keys and certificates. */
export async function mustRun(tool: string, args: readonly string[], options: ToolOptions = {}) {
  const outcome = await runTool(tool, args, options);
  if (outcome.status !== 0) {
    throw new Error(`${tool} ${args.join(" ")}: ${outcome.output}`);
  }
  return outcome.output;
}

export function hasTool(tool: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, tool)));
}
