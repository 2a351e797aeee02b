import { statSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { judgeHere } from "../electron/services/verifying/verify-job.ts";
import type { ValidationNetwork } from "../electron/verify/validation-network.ts";
import type { Judge, VerifySettings } from "../electron/services/verifying/verify-job.ts";
import { VerifyPool } from "../electron/services/verifying/verify-pool.ts";

/** A thread has cost 0.14 s of processor time before its first file (measured); these are done in that. */
const FEW_FILES = 100;
const FEW_BYTES = 128 * 1024 * 1024;
/**
 * Megabytes that a thread's heap grows to before it is cleaned as a whole. Where a heap is limited (`HEAP_MEGABYTES`), V8 begins
 * so low that it cleans one all the time: 40 times over 1,000 files instead of 2, a fifth of all work (measured). The limit stays.
 */
const HEAP_BEGINS_AT = 256;
const WORKER = new URL("../electron/services/verifying/verify-worker.ts", import.meta.url);

/** Looks at the first inputs: a few small files are judged here, anything more in threads. */
export async function chooseJudge(
  first: readonly string[],
  isAll: boolean,
  threads: { readonly asked: number | null; readonly available: number },
  settings: VerifySettings,
  network: ValidationNetwork | null,
): Promise<Judge> {
  const few = isAll && (first.length === 1 || (first.length <= FEW_FILES && bytesOf(first) <= FEW_BYTES));
  if (threads.asked === null && few) {
    return judgeHere(settings, network);
  }
  // Holds for threads that start from now on.
  setFlagsFromString(`--initial-old-space-size=${HEAP_BEGINS_AT}`);
  const pool = new VerifyPool({
    worker: WORKER,
    threads: threads.asked ?? threads.available,
    transport: network?.transport ?? null,
  });
  return {
    judge: (job, control) => pool.judge(job, settings, control),
    close: () => pool.close(),
  };
}

export const LOOK_AHEAD = FEW_FILES + 1;

function bytesOf(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + sizeOf(path), 0);
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
