import type { InputQueue } from "./input-queue.ts";
import type { ItemWork } from "./item-work.ts";
import type { RunListener } from "./run-listener.ts";

/**
 * A run that another start of the program began has no passwords: they are in no journal. Whatever else it can do goes on;
 * only preparing an encrypted document waits.
 */
export class PasswordWait {
  readonly #work: ItemWork;
  readonly #queue: InputQueue;
  readonly #listener: RunListener;
  #waits = false;

  constructor(work: ItemWork, queue: InputQueue, listener: RunListener) {
    this.#work = work;
    this.#queue = queue;
    this.#listener = listener;
  }

  /** Somebody gave the password of a document: looks again whether it was one that is waited for. */
  given(): void {
    if (this.#waits) {
      this.#queue.push({ kind: "go" });
    }
  }

  /** Resolves when each of these documents can be read, or when the run is to stop. */
  async wait(documents: readonly string[], isOver: () => boolean): Promise<void> {
    const told = new Set<string>();
    while (!isOver()) {
      const waiting = new Set(this.#work.withoutPassword(documents).map(({ item }) => item));
      for (const item of documents.filter((one) => told.has(one) || waiting.has(one))) {
        told.add(item);
        this.#listener.onItem(
          item,
          waiting.has(item) ? { kind: "waiting-for-password" } : { kind: "working", step: "preparing", progress: null },
        );
      }
      if (waiting.size === 0) {
        return;
      }
      this.#waits = true;
      await this.#queue.next(Number.POSITIVE_INFINITY);
      this.#waits = false;
    }
  }
}
