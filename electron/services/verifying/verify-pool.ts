import { stat } from "node:fs/promises";
import type { FileReport } from "../../../shared/verification.ts";
import type { PkiTransport } from "../../pki/pki-transport.ts";
import { cancelled } from "../../verify/unverified.ts";
import { NETWORK_TIME_LIMIT } from "../../verify/verify-file.ts";
import { allowedMilliseconds } from "../../verify/work-limit.ts";
import { HEAP_MEGABYTES, JudgingThread } from "./judging-thread.ts";
import type { VerifyControl, VerifyJob, VerifySettings } from "./verify-job.ts";

export interface VerifyPoolOptions {
  /** The file that the threads run: `verify-worker.ts`, or what was built from it. */
  readonly worker: URL;
  /** Threads at most; they start when there is work for them. */
  readonly threads: number;
  /** What the threads may ask the network through; null or absent: nothing. */
  readonly transport?: PkiTransport | null;
  /** For tests; otherwise what `allowedMilliseconds` says of the file's size, and patience for a busy machine. */
  readonly patience?: (size: number) => number;
  /** For tests. */
  readonly heapMegabytes?: number;
}

/**
 * A thread has ended its work by itself long before (`work-limit.ts`, which counts its own time). This counts time on the
 * wall and is for what nobody foresaw.
 */
const defaultPatience = (size: number): number => 3 * allowedMilliseconds(size);

/** Waiting for services of authorities is no work, and has its own limit. */
const waitingTime = ({ online }: VerifySettings): number =>
  online === null ? 0 : (online.timeLimitMilliseconds ?? NETWORK_TIME_LIMIT);

/** 0 when it cannot be had: the thread will say why. */
const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    (facts) => facts.size,
    () => 0,
  );

interface Waiting {
  readonly job: VerifyJob;
  readonly settings: VerifySettings;
  readonly control: VerifyControl;
  /** Asked as soon as it waits, so that no thread stands idle for the answer. */
  readonly size: Promise<number>;
  readonly resolve: (report: FileReport) => void;
  readonly reject: (error: unknown) => void;
}

/** Judges files in threads of their own. Every file gets its report, also one that a thread did not survive. */
export class VerifyPool {
  readonly #options: VerifyPoolOptions;
  readonly #waiting: Waiting[] = [];
  readonly #idle: JudgingThread[] = [];
  readonly #all = new Set<JudgingThread>();
  #closed = false;

  constructor(options: VerifyPoolOptions) {
    this.#options = options;
  }

  /** Rejects only when no thread can be started at all. */
  judge(job: VerifyJob, settings: VerifySettings, control: VerifyControl = {}): Promise<FileReport> {
    const outcome = new Promise<FileReport>((resolve, reject) => {
      this.#waiting.push({ job, settings, control, size: sizeOf(job.path), resolve, reject });
    });
    this.#next();
    return outcome;
  }

  /** Ends all threads; files that were not done yet count as cancelled. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { job, resolve } of this.#waiting.splice(0)) {
      resolve(cancelled(job.path));
    }
    await Promise.all([...this.#all].map((thread) => thread.end("cancelled")));
  }

  #next(): void {
    while (this.#waiting.length > 0 && !this.#closed) {
      const thread = this.#idle.pop() ?? this.#start();
      const task = thread === undefined ? undefined : this.#waiting.shift();
      if (thread === undefined || task === undefined) {
        return;
      }
      void this.#run(thread, task);
    }
  }

  #start(): JudgingThread | undefined {
    if (this.#all.size >= Math.max(1, this.#options.threads)) {
      return undefined;
    }
    const thread = new JudgingThread(
      this.#options.worker,
      this.#options.heapMegabytes ?? HEAP_MEGABYTES,
      this.#options.transport ?? null,
    );
    this.#all.add(thread);
    return thread;
  }

  async #run(thread: JudgingThread, { job, settings, control, size, resolve, reject }: Waiting): Promise<void> {
    try {
      const patience = (this.#options.patience ?? defaultPatience)(await size) + waitingTime(settings);
      resolve(
        control.signal?.aborted === true ? cancelled(job.path) : await thread.judge(job, settings, patience, control),
      );
    } catch (error) {
      // Closed before the thread had started: nobody's fault either.
      if (this.#closed) {
        resolve(cancelled(job.path));
      } else {
        reject(error);
      }
    }
    if (thread.alive) {
      this.#idle.push(thread);
    } else {
      this.#all.delete(thread);
    }
    this.#next();
  }
}
