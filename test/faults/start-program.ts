import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import type { BuiltProgram } from "./build-program.ts";
import type { ProgramAnswer, ProgramOrder } from "./fault.ts";

const TIME_LIMIT_MILLISECONDS = 120_000;

/** Starts it once, for the time until it ends. Null: it was killed. Rejects when it failed in another way. */
export async function startProgram(built: BuiltProgram, order: ProgramOrder): Promise<ProgramAnswer | null> {
  await writeFile(order.order, JSON.stringify(order));
  const child = spawn(process.execPath, [built.program, order.order], {
    env: { ...process.env, NODE_OPTIONS: "", NODE_COMPILE_CACHE: built.compiled },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TIME_LIMIT_MILLISECONDS,
    killSignal: "SIGTERM",
  });
  const [out, complaints]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code, signal) => {
      // SIGBUS: a page of a file that is mapped into memory could not be had, because its disk was full.
      if (signal === "SIGKILL" || signal === "SIGBUS") resolve(null);
      else if (code === 0) resolve(JSON.parse(Buffer.concat(out).toString()) as ProgramAnswer);
      else
        reject(new Error(`the program ended with ${code ?? signal ?? "?"}: ${Buffer.concat(complaints).toString()}`));
    });
  });
}
