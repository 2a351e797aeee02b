import type { Clock } from "../ports.ts";
import type { FlowInput } from "../../providers/provider.ts";

/** However far away the next poll is by the clock: a clock that was set back must not put a run to sleep. */
const LONGEST_SLEEP_MILLISECONDS = 60_000;

/** What the person and the provider's page did, in order, for a run that waits for it or for the time of the next poll. */
export class InputQueue {
  readonly #inputs: FlowInput[] = [];
  readonly #clock: Clock;
  #wake: AbortController | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  push(input: FlowInput): void {
    this.#inputs.push(input);
    this.#wake?.abort();
  }

  /** The next input; "go" when the time `at` (ms since 1970) comes first, and at the latest after a minute. */
  async next(at: number): Promise<FlowInput> {
    const waiting = this.#inputs.shift();
    if (waiting !== undefined) {
      return waiting;
    }
    const wake = new AbortController();
    this.#wake = wake;
    const pause = Math.min(Math.max(0, at - this.#clock.now()), LONGEST_SLEEP_MILLISECONDS);
    await this.#clock.sleep(pause, wake.signal);
    this.#wake = null;
    return this.#inputs.shift() ?? { kind: "go" };
  }
}
