import type { CommandName } from "../../shared/ipc.ts";

/** Commands that one window may have unanswered. It has hundreds at most: one for each thing that somebody waits for. */
export const MAXIMUM_UNANSWERED = 1_000;
/** Of these, ranges of documents that are read at the same time; the others wait, and hold nothing. */
export const MAXIMUM_READS = 16;
/** Bytes of all arguments that are being worked on. */
export const MAXIMUM_WEIGHT = 64 * 1024 * 1024;

/**
 * SECURITY: what one window can make main do at the same time. A page that calls a command a million times gets as many
 * answers, most of them no; it neither fills the memory nor starves the rest of the program.
 */
export class CommandGate {
  #unanswered = 0;
  #weight = 0;
  #reading = 0;
  readonly #waiting: (() => void)[] = [];

  /** Runs the work when there is room for it, later if need be; null: there is none. */
  async run<T>(name: CommandName, weight: number, work: () => Promise<T>): Promise<T | null> {
    if (this.#unanswered >= MAXIMUM_UNANSWERED || this.#weight + weight > MAXIMUM_WEIGHT) {
      return null;
    }
    this.#unanswered += 1;
    this.#weight += weight;
    try {
      return name === "documents.readRange" ? await this.#inTurn(work) : await work();
    } finally {
      this.#unanswered -= 1;
      this.#weight -= weight;
    }
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#reading >= MAXIMUM_READS) {
      // Whoever is done hands over its place.
      await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    } else {
      this.#reading += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#reading -= 1;
      } else {
        next();
      }
    }
  }
}
