import { Session } from "node:inspector";
import type { Profiler } from "node:inspector";

/** Tells which parts of our code ran, by V8's own block coverage (`Profiler.takePreciseCoverage`). */
export class Coverage {
  readonly #session = new Session();
  readonly #seen = new Set<string>();
  readonly #isOurs: (url: string) => boolean;

  constructor(isOurs: (url: string) => boolean) {
    this.#isOurs = isOurs;
    this.#session.connect();
    this.#session.post("Profiler.enable");
    this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** How many blocks ran since the last question that had never run before. The session answers at once. */
  newBlocks(): number {
    const before = this.#seen.size;
    this.#session.post("Profiler.takePreciseCoverage", (error, answer) => {
      if (error === null) {
        this.#add(answer.result);
      }
    });
    return this.#seen.size - before;
  }

  get blocks(): number {
    return this.#seen.size;
  }

  stop(): void {
    this.#session.post("Profiler.stopPreciseCoverage");
    this.#session.disconnect();
  }

  #add(scripts: readonly Profiler.ScriptCoverage[]): void {
    for (const { url, functions } of scripts.filter((script) => this.#isOurs(script.url))) {
      for (const { ranges } of functions) {
        for (const { startOffset, endOffset, count } of ranges) {
          if (count > 0) {
            // How often, roughly, too: a loop that runs longer is something new.
            this.#seen.add(`${url}:${startOffset}-${endOffset}:${Math.min(12, 32 - Math.clz32(count))}`);
          }
        }
      }
    }
  }
}
