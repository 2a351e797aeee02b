import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../electron/services/ports.ts";

/** Time in which a second of the program's is shorter than a real one: polling and pauses stay as the product has them. */
export interface FastTime {
  /** Real milliseconds since 1970 of the moment when it began. */
  readonly began: number;
  /** What it showed then. */
  readonly shown: number;
  /** How often faster. */
  readonly factor: number;
}

const BEHIND_MILLISECONDS = 3 * 24 * 3_600_000;

/** Begins some days ago, so that nothing that is made in it lies in anybody's future for as long as a run of all faults takes. */
export function beginFastTime(factor: number): FastTime {
  const began = Date.now();
  return { began, shown: began - BEHIND_MILLISECONDS, factor };
}

/** Milliseconds since 1970 in that time. */
export const nowIn = ({ began, shown, factor }: FastTime): number => Math.round(shown + (Date.now() - began) * factor);

export interface JumpingClock extends Clock {
  /** As if somebody had set the computer's clock. */
  readonly jump: (milliseconds: number) => void;
}

export function jumpingClock(time: FastTime, ahead = 0): JumpingClock {
  let offset = ahead;
  return {
    now: () => nowIn(time) + offset,
    sleep: (milliseconds, signal) => delay(milliseconds / time.factor, undefined, { signal }).catch(() => undefined),
    jump(milliseconds) {
      offset += milliseconds;
    },
  };
}
