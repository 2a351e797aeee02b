/** Time as the sandbox sees it, in milliseconds since 1970. Tests and the control endpoint can move it forward. */
export interface SandboxClock {
  now(): number;
  /** Moves the clock forward; never back, because sessions and certificates already made would lie in the future. */
  advance(milliseconds: number): void;
}

/** A clock that runs with `base` and can be pushed ahead of it. */
export function sandboxClock(base: () => number): SandboxClock {
  let offset = 0;
  return {
    now: () => base() + offset,
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds) || milliseconds < 0) {
        throw new RangeError("the sandbox clock only moves forward");
      }
      offset += milliseconds;
    },
  };
}
