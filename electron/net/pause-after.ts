/** In milliseconds. */
export interface Pauses {
  readonly first: number;
  readonly longest: number;
}

/**
 * How long to wait after the n-th failed attempt (from 0): doubled each time up to the limit, and between half and all of
 * that, so that many programs do not come back at the same moment. `random`: 0 (included) to 1 (excluded).
 */
export function pauseAfter(attempts: number, { first, longest }: Pauses, random: () => number): number {
  const whole = Math.min(first * 2 ** Math.min(attempts, 16), longest);
  return Math.round(whole / 2 + (whole / 2) * random());
}
