export interface TakenFirst<T> {
  readonly first: readonly T[];
  /** There is nothing behind the first ones. */
  readonly isAll: boolean;
  /** The first ones again, and what follows them. */
  readonly all: AsyncGenerator<T>;
}

/** Looks at the beginning of a sequence without losing it. */
export async function takeFirst<T>(items: AsyncGenerator<T>, count: number): Promise<TakenFirst<T>> {
  const first: T[] = [];
  let isAll = false;
  while (first.length < count && !isAll) {
    const next = await items.next();
    if (next.done === true) {
      isAll = true;
    } else {
      first.push(next.value);
    }
  }
  return { first, isAll, all: joined(first, items) };
}

async function* joined<T>(first: readonly T[], rest: AsyncGenerator<T>): AsyncGenerator<T> {
  yield* first;
  yield* rest;
}
