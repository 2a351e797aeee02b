import { Worker } from "node:worker_threads";
import type { FileReport } from "../../../shared/verification.ts";
import { cancelled, tooMuchMemory, tooMuchWork, workerLost } from "../../verify/unverified.ts";
import type { PkiTransport } from "../../pki/pki-transport.ts";
import { TransportForThread } from "./carried-transport.ts";
import type { VerifyControl, VerifyJob, VerifySettings } from "./verify-job.ts";
import type { FromWorker, ToWorker } from "./worker-messages.ts";

/** SECURITY: what a file makes of objects; bytes of streams lie outside of it and have their own limits (pdf/limits.ts). */
export const HEAP_MEGABYTES = 512;
/** A thread that was asked to stop and does not is ended. */
const STOP_MILLISECONDS = 500;

type Ending = "cancelled" | "time" | "memory" | "lost";

const REPORTS: Readonly<Record<Ending, (path: string) => FileReport>> = {
  cancelled,
  time: tooMuchWork,
  memory: tooMuchMemory,
  lost: workerLost,
};

interface Current {
  readonly path: string;
  readonly onProgress: ((fraction: number) => void) | undefined;
  readonly resolve: (report: FileReport) => void;
}

/** One worker thread that judges one file at a time. When a file ends it, the file gets a report all the same. */
export class JudgingThread {
  readonly #worker: Worker;
  readonly #started = Promise.withResolvers<void>();
  readonly #network: TransportForThread;
  #ending: Ending | null = null;
  #gone = false;
  #current: Current | null = null;
  #known: VerifySettings | null = null;

  constructor(script: URL, heapMegabytes: number, transport: PkiTransport | null) {
    this.#network = new TransportForThread(transport, (message) => this.#send(message));
    this.#started.promise.catch(() => undefined);
    this.#worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } });
    this.#worker.on("message", (message: FromWorker) => this.#hear(message));
    this.#worker.on("error", (error: unknown) => this.#fail(error));
    this.#worker.on("exit", (code) => this.#exit(code));
  }

  get alive(): boolean {
    return !this.#gone && this.#ending === null;
  }

  /** Rejects when the thread could not even start. `patience`: milliseconds from then on, after which the thread is ended. */
  async judge(
    job: VerifyJob,
    settings: VerifySettings,
    patience: number,
    { signal, onProgress }: VerifyControl,
  ): Promise<FileReport> {
    await this.#started.promise;
    const timers: NodeJS.Timeout[] = [setTimeout(() => void this.end("time"), patience)];
    const cancel = (): void => {
      this.#send({ kind: "cancel" });
      timers.push(setTimeout(() => void this.end("cancelled"), STOP_MILLISECONDS));
    };
    signal?.addEventListener("abort", cancel);
    try {
      if (signal?.aborted === true) {
        return cancelled(job.path);
      }
      return await new Promise<FileReport>((resolve) => {
        this.#current = { path: job.path, onProgress, resolve };
        if (this.#gone) {
          this.#exit(null);
          return;
        }
        this.#send({ kind: "judge", job, settings: settings === this.#known ? null : settings });
        this.#known = settings;
      });
    } finally {
      this.#current = null;
      signal?.removeEventListener("abort", cancel);
      for (const timer of timers) {
        clearTimeout(timer);
      }
    }
  }

  async end(ending: Ending): Promise<void> {
    this.#ending ??= ending;
    await this.#worker.terminate();
  }

  #send(message: ToWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node, not a window
    this.#worker.postMessage(message);
  }

  #hear(message: FromWorker): void {
    switch (message.kind) {
      case "ready":
        this.#started.resolve();
        return;
      case "ask":
        void this.#network.ask(message);
        return;
      case "stop-asking":
        this.#network.stop(message.id);
        return;
      case "progress":
        this.#current?.onProgress?.(message.fraction);
        return;
      case "report":
        this.#current?.resolve(message.report);
    }
  }

  #fail(error: unknown): void {
    const memory = error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    this.#ending ??= memory ? "memory" : "lost";
    this.#started.reject(error);
  }

  #exit(code: number | null): void {
    this.#gone = true;
    this.#network.stopAll();
    this.#started.reject(new Error(`a verifying thread ended with ${code} before it was ready`));
    const { path, resolve } = this.#current ?? {};
    if (path !== undefined && resolve !== undefined) {
      resolve(REPORTS[this.#ending ?? "lost"](path));
    }
  }
}
