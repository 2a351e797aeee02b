import { JournalConflict } from "../../../electron/storage/journal-errors.ts";

/** As a driver that lost its run stops: nothing more is done, nothing is cleaned up. */
export class Killed extends JournalConflict {}

export function onlyKilled(error: unknown): void {
  if (!(error instanceof Killed)) {
    throw error;
  }
}

/**
 * Counts what a program does, and kills it at the n-th of these moments, or at the first with a name: from there on
 * nothing succeeds any more.
 */
export class Killer {
  readonly moments: string[] = [];
  readonly #at: number | string;
  #killed = false;

  constructor(at: number | string) {
    this.#at = at;
  }

  moment(name: string): void {
    this.moments.push(name);
    this.#killed ||= name === this.#at || this.moments.length === this.#at;
    if (this.#killed) {
      throw new Killed(name);
    }
  }

  /** Every method gets a moment before and after it. */
  around<T extends object>(target: T, name: string): T {
    return new Proxy(target, {
      get: (own, key) => {
        const value: unknown = Reflect.get(own, key);
        if (typeof value !== "function") {
          return value;
        }
        return (...args: unknown[]): unknown => {
          this.moment(`before ${name}.${String(key)}`);
          const result: unknown = Reflect.apply(value, own, args);
          const after = (outcome: unknown): unknown => {
            this.moment(`after ${name}.${String(key)}`);
            return outcome;
          };
          return result instanceof Promise ? result.then(after) : after(result);
        };
      },
    });
  }
}
