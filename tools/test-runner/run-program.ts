import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

export interface ProgramResult {
  /** 128 + signal number is not told apart: anything but 0 is a failure here. */
  readonly code: number;
  readonly output: string;
  readonly timedOut: boolean;
}

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMilliseconds: number;
  /** Shown as it comes; it is kept either way. */
  readonly live: boolean;
}

const running = new Set<ChildProcess>();

/** Runs a program with all it starts in a process group of its own, and leaves nothing of the group behind. */
export function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env, timeoutMilliseconds, live }: ProgramOptions,
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    running.add(child);
    const chunks: Buffer[] = [];
    const collect = (stream: NodeJS.WriteStream) => (chunk: Buffer) => {
      chunks.push(chunk);
      if (live) stream.write(chunk);
    };
    child.stdout.on("data", collect(process.stdout));
    child.stderr.on("data", collect(process.stderr));

    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child, "SIGKILL");
    }, timeoutMilliseconds);
    const finish = (code: number, more: string) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code, output: Buffer.concat(chunks).toString("utf8") + more, timedOut });
    };
    child.once("error", (error) => finish(127, error.message));
    // "exit", then a moment for the last output: a leaked grandchild that holds the pipes would keep "close" from coming.
    child.once("exit", (code) => {
      const settle = setTimeout(() => {
        endGroup(child, "SIGKILL");
        child.stdout.destroy();
        child.stderr.destroy();
      }, 3000);
      child.once("close", () => {
        clearTimeout(settle);
        endGroup(child, "SIGKILL");
        finish(code ?? 1, "");
      });
    });
  });
}

/** Ends everything that still runs, for Ctrl+C. */
export function endAllPrograms(): void {
  for (const child of running) endGroup(child, "SIGTERM");
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone already, which is what we want.
  }
}
