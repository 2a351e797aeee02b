import { isRefusedWrite } from "../../storage/journal-errors.ts";
import type { Clock } from "../ports.ts";

const PAUSE_MILLISECONDS = 3_000;
/** For an hour: somebody has to see it, and to make room. */
const MOST_TRIES = 1_200;
/** For a minute: whoever wanted out waits for nothing else. */
const MOST_TRIES_CANCELLED = 20;
/** What is over in a moment is told to nobody. */
const UNTOLD_TRIES = 2;

export interface RefusedWriteParts {
  readonly clock: Clock;
  /** Aborted when the program closes. */
  readonly closing: AbortSignal;
  readonly isCancelled: () => boolean;
  /** The disk refuses (true), and no longer does (false). */
  readonly tell: (refuses: boolean) => void;
}

/**
 * Writes, for a long time also when the disk is full: what a provider gives out only once must not be lost because somebody
 * empties the bin a little later. `write` has to be one commit, so that trying it again is safe. Throws what it threw last.
 */
export async function writeWhenPossible<T>(
  write: () => T,
  { clock, closing, isCancelled, tell }: RefusedWriteParts,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      const written = write();
      if (tries > UNTOLD_TRIES) tell(false);
      return written;
    } catch (error) {
      const most = isCancelled() ? MOST_TRIES_CANCELLED : MOST_TRIES;
      if (!isRefusedWrite(error) || tries >= most || closing.aborted) throw error;
    }
    if (tries === UNTOLD_TRIES) tell(true);
    await clock.sleep(PAUSE_MILLISECONDS, closing);
  }
}
