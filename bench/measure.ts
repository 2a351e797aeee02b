import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

/** A program with its arguments, measured from its start to its end. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Exit statuses that mean that the work was done; 0 alone when absent. */
  readonly goodStatuses?: readonly number[];
}

export interface Measured {
  readonly seconds: number;
  /** The largest of the processes, when there are several. Null without GNU time. */
  readonly mebibytes: number | null;
  /** What the first command wrote on standard output. */
  readonly output: string;
}

/** GNU time reports the peak resident memory of its child as the kernel counted it (wait4). */
const GNU_TIME = "/usr/bin/time";
export const canMeasureMemory = process.platform === "linux" && existsSync(GNU_TIME);

const running = new Set<ChildProcess>();

/** Ends what was started and still runs: for a bench that is interrupted. */
export function endRunning(): void {
  for (const child of running) {
    child.kill("SIGKILL");
  }
}

/** Runs commands at the same time; the wall time is that of the last to end. Throws an Error that says what failed. */
export async function measure(
  commands: readonly Command[],
  surroundings: { readonly scratch: string; readonly timeoutSeconds: number },
): Promise<Measured> {
  const started = process.hrtime.bigint();
  const results = await Promise.all(commands.map((command, index) => runOne(command, index, surroundings)));
  const ended = results.reduce((last, { at }) => (at > last ? at : last), started);
  const peaks = results.flatMap(({ mebibytes }) => mebibytes ?? []);
  return {
    seconds: Number(ended - started) / 1e9,
    mebibytes: peaks.length === 0 ? null : Math.max(...peaks),
    output: results[0]?.output ?? "",
  };
}

async function runOne(
  command: Command,
  index: number,
  { scratch, timeoutSeconds }: { readonly scratch: string; readonly timeoutSeconds: number },
): Promise<{ readonly at: bigint; readonly mebibytes: number | null; readonly output: string }> {
  const peakFile = join(scratch, `peak-${index}`);
  const outputFile = join(scratch, `output-${index}`);
  const [program, args] = canMeasureMemory
    ? [GNU_TIME, ["--quiet", "-f", "%M", "-o", peakFile, command.program, ...command.args]]
    : [command.program, [...command.args]];
  // Into a file: a pipe that nobody empties in time would slow the program down.
  const output = await open(outputFile, "w");
  try {
    const { status, at, errors } = await untilEnd(
      spawn(program, args, {
        stdio: ["ignore", output.fd, "pipe"],
        env: { ...process.env, ...command.environment },
        ...(command.folder === undefined ? {} : { cwd: command.folder }),
      }),
      timeoutSeconds,
    );
    if (!(command.goodStatuses ?? [0]).includes(status)) {
      throw new Error(lastLine(errors) ?? `exit status ${status}`);
    }
    const peak = canMeasureMemory ? Number((await readFile(peakFile, "utf8")).trim()) : Number.NaN;
    return { at, mebibytes: Number.isNaN(peak) ? null : peak / 1024, output: await readFile(outputFile, "utf8") };
  } finally {
    await output.close();
    await rm(peakFile, { force: true });
    await rm(outputFile, { force: true });
  }
}

function untilEnd(
  child: ChildProcess,
  timeoutSeconds: number,
): Promise<{ readonly status: number; readonly at: bigint; readonly errors: string }> {
  return new Promise((resolve, reject) => {
    running.add(child);
    let errors = "";
    let at = 0n;
    child.stderr?.on("data", (chunk: Buffer) => {
      // A program that complains about each of a thousand files must not fill our memory.
      errors = (errors + chunk.toString("utf8")).slice(-4000);
    });
    let expired = false;
    const timer = setTimeout(() => {
      expired = true;
      child.kill("SIGTERM");
      child.kill("SIGKILL");
    }, timeoutSeconds * 1000);
    const end = (): void => {
      clearTimeout(timer);
      running.delete(child);
    };
    child.once("exit", () => (at = process.hrtime.bigint()));
    child.once("error", (error) => {
      end();
      reject(error);
    });
    child.once("close", (status, signal) => {
      end();
      if (expired) {
        reject(new Error(`not done after ${timeoutSeconds} s`));
      } else if (status === null) {
        reject(new Error(`ended by ${signal ?? "a signal"}`));
      } else {
        resolve({ status, at, errors });
      }
    });
  });
}

function lastLine(text: string): string | undefined {
  const lines = text.split("\n").map((line) => line.trim());
  return (
    lines.findLast((line) => /^\w*(Error|Exception|Warning)\b.*:/u.test(line)) ?? lines.findLast((line) => line !== "")
  )?.slice(0, 160);
}
