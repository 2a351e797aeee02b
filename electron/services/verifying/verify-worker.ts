// A thread that judges files, so that a file that hangs, crashes or eats memory takes nothing else with it.
import { parentPort } from "node:worker_threads";
import { RevocationCache } from "../../pki/revocation-cache.ts";
import { CarriedTransport } from "./carried-transport.ts";
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
const transport = new CarriedTransport(say);
/** Kept over many files: a folder of documents asks each question once. */
const cache = new RevocationCache();
let judge: Judge = judgeHere({ trustAnchors: [], at: null, online: null }, null);
let running: AbortController | null = null;

port.on("message", (message: ToWorker) => {
  switch (message.kind) {
    case "cancel":
      running?.abort();
      break;
    case "answer":
      transport.hear(message);
      break;
    case "judge":
      void work(message);
      break;
  }
});
say({ kind: "ready" });

async function work({ job, settings }: Extract<ToWorker, { kind: "judge" }>): Promise<void> {
  if (settings !== null) {
    judge = judgeHere(settings, { transport, cache, now: () => new Date() });
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
