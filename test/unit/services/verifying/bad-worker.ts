// Stands in for the verifying thread: does to itself what a hostile file might do to the real one.
import { parentPort } from "node:worker_threads";
import type { FromWorker, ToWorker } from "../../../../electron/services/verifying/worker-messages.ts";

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node, not a window
const say = (message: FromWorker): void => parentPort?.postMessage(message);

say({ kind: "ready" });
parentPort?.on("message", (message: ToWorker) => {
  if (message.kind !== "judge") {
    return;
  }
  const { path } = message.job;
  if (path.endsWith("hang.pdf")) {
    for (;;) {
      // Nothing ever happens.
    }
  }
  if (path.endsWith("crash.pdf")) {
    throw new Error("crashed");
  }
  if (path.endsWith("exit.pdf")) {
    process.exit(3);
  }
  if (path.endsWith("memory.pdf")) {
    const hoard: object[] = [];
    for (;;) {
      hoard.push({ more: hoard.length, and: [hoard.length] });
    }
  }
  say({ kind: "report", report: { file: path, verdict: "NO-SIGNATURE", reasons: [], signatures: [] } });
});
