/**
 * Runs one thing at a time; while it runs, every other request gets `otherwise` at once.
 * SECURITY: a page that asks for a thousand dialogs gets one.
 */
export function oneAtATime(): <T>(work: () => Promise<T>, otherwise: T) => Promise<T> {
  let isRunning = false;
  return async (work, otherwise) => {
    if (isRunning) {
      return otherwise;
    }
    isRunning = true;
    try {
      return await work();
    } finally {
      isRunning = false;
    }
  };
}

/**
 * Says yes at most `times` in any `milliseconds`.
 * SECURITY: a page that asks for a thousand windows of other programs gets a few.
 */
export function atMost(times: number, milliseconds: number, now: () => number): () => boolean {
  const granted: number[] = [];
  return () => {
    const time = now();
    while (granted[0] !== undefined && (granted[0] <= time - milliseconds || granted[0] > time)) {
      granted.shift();
    }
    if (granted.length >= times) {
      return false;
    }
    granted.push(time);
    return true;
  };
}
