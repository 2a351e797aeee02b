/**
 * Runs `work` over items as they come and gives the results in the items' order. At most `ahead` items are begun and not
 * yet taken, so that memory stays the same however many there are; a slow reader slows the reading of items.
 */
export async function* mapInOrder<T, R>(
  items: AsyncIterable<T>,
  ahead: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // Heard of when its turn comes; until then it is no unhandled rejection.
      result.catch(() => undefined);
      begun.push(result);
      const first = begun.length >= ahead ? begun.shift() : undefined;
      if (first !== undefined) {
        yield await first;
      }
    }
    for (let next = begun.shift(); next !== undefined; next = begun.shift()) {
      yield await next;
    }
  } finally {
    await Promise.allSettled(begun);
  }
}
