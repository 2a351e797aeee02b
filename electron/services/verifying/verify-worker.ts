// A thread that judges files, so that a file that hangs, crashes or eats memory takes nothing else with it.
import { parentPort } from "node:worker_threads";
import { judgeHere } from "./verify-job.ts";
import type { Judge } from "./verify-job.ts";
import type { FromWorker, ToWorker } from "./worker-messages.ts";

/** Progress is told at most this often. */
const TELL_MILLISECONDS = 100;

const port = parentPort;
if (port === null) {
  throw new Error("verify-worker.ts runs as a worker thread only");
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node, not a window
const say = (message: FromWorker): void => port.postMessage(message);
let judge: Judge = judgeHere({ trustAnchors: [], at: null });
let running: AbortController | null = null;

port.on("message", (message: ToWorker) => {
  if (message.kind === "cancel") {
    running?.abort();
  } else {
    void work(message);
  }
});
say({ kind: "ready" });

async function work({ job, settings }: Extract<ToWorker, { kind: "judge" }>): Promise<void> {
  if (settings !== null) {
    judge = judgeHere(settings);
  }
  running = new AbortController();
  let told = performance.now();
  const onProgress = (fraction: number): void => {
    if (performance.now() - told >= TELL_MILLISECONDS) {
      told = performance.now();
      say({ kind: "progress", fraction });
    }
  };
  const report = await judge.judge(job, { signal: running.signal, onProgress });
  running = null;
  say({ kind: "report", report });
}
