import type { XrefEntry } from "./pdf-file.ts";

/** A read-only map that knows its entries only when asked: a section of 100,000 entries costs nothing to open. */
abstract class EntryMap implements ReadonlyMap<number, XrefEntry> {
  abstract readonly size: number;
  abstract get(num: number): XrefEntry | undefined;
  abstract has(num: number): boolean;
  abstract keys(): MapIterator<number>;

  *entries(): MapIterator<[number, XrefEntry]> {
    for (const num of this.keys()) {
      const entry = this.get(num);
      if (entry !== undefined) {
        yield [num, entry];
      }
    }
  }

  *values(): MapIterator<XrefEntry> {
    for (const [, entry] of this.entries()) {
      yield entry;
    }
  }

  [Symbol.iterator](): MapIterator<[number, XrefEntry]> {
    return this.entries();
  }

  forEach(
    visit: (entry: XrefEntry, num: number, map: ReadonlyMap<number, XrefEntry>) => void,
    thisArgument?: unknown,
  ): void {
    for (const [num, entry] of this.entries()) {
      visit.call(thisArgument, entry, num, this);
    }
  }
}

export interface EntryRange {
  /** First object number. */
  readonly start: number;
  readonly count: number;
  /** Where the first entry lies, in whatever the reader function counts. */
  readonly at: number;
}

/** Entries that lie in fixed-width rows somewhere and are read one by one. Ranges must not overlap. */
export class RangeEntries extends EntryMap {
  readonly size: number;
  private readonly ranges: readonly EntryRange[];
  private readonly read: (range: EntryRange, index: number) => XrefEntry;

  constructor(ranges: readonly EntryRange[], read: (range: EntryRange, index: number) => XrefEntry) {
    super();
    this.ranges = ranges.toSorted((a, b) => a.start - b.start);
    this.read = read;
    this.size = ranges.reduce((sum, range) => sum + range.count, 0);
  }

  get(num: number): XrefEntry | undefined {
    const range = this.rangeOf(num);
    return range === undefined ? undefined : this.read(range, num - range.start);
  }

  has(num: number): boolean {
    return this.rangeOf(num) !== undefined;
  }

  *keys(): MapIterator<number> {
    for (const { start, count } of this.ranges) {
      for (let index = 0; index < count; index += 1) {
        yield start + index;
      }
    }
  }

  /** The highest object number plus one. */
  get limit(): number {
    const last = this.ranges.at(-1);
    return last === undefined ? 0 : last.start + last.count;
  }

  private rangeOf(num: number): EntryRange | undefined {
    let low = 0;
    let high = this.ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const range = this.ranges[middle];
      if (range === undefined || num < range.start) {
        high = middle - 1;
      } else if (num >= range.start + range.count) {
        low = middle + 1;
      } else {
        return range;
      }
    }
    return undefined;
  }
}

/** True when two ranges name the same object: which of them counts would depend on the reader. */
export function rangesOverlap(ranges: readonly EntryRange[]): boolean {
  const sorted = ranges.filter(({ count }) => count > 0).toSorted((a, b) => a.start - b.start);
  return sorted.some((range, index) => {
    const before = sorted[index - 1];
    return before !== undefined && before.start + before.count > range.start;
  });
}

/** Several sections read as one; the first that knows an object decides. */
export class LayeredEntries extends EntryMap {
  private readonly layers: readonly ReadonlyMap<number, XrefEntry>[];
  /** Hybrid files: an object that the first layer calls free is looked up in the next one before that is believed. */
  private readonly freeYields: boolean;
  private count: number | undefined;

  constructor(layers: readonly ReadonlyMap<number, XrefEntry>[], freeYields: boolean) {
    super();
    this.layers = layers;
    this.freeYields = freeYields;
  }

  get size(): number {
    if (this.count === undefined) {
      let count = 0;
      for (const _ of this.keys()) {
        count += 1;
      }
      this.count = count;
    }
    return this.count;
  }

  get(num: number): XrefEntry | undefined {
    let free: XrefEntry | undefined;
    for (const layer of this.layers) {
      const entry = layer.get(num);
      if (entry !== undefined && !(this.freeYields && entry.kind === "free")) {
        return entry;
      }
      free ??= entry;
    }
    return free;
  }

  get limit(): number {
    return Math.max(...this.layers.map(entryLimit));
  }

  has(num: number): boolean {
    return this.layers.some((layer) => layer.has(num));
  }

  *keys(): MapIterator<number> {
    for (const [index, layer] of this.layers.entries()) {
      const earlier = this.layers.slice(0, index);
      for (const num of layer.keys()) {
        if (!earlier.some((other) => other.has(num))) {
          yield num;
        }
      }
    }
  }
}

/** The highest object number of a section, plus one. */
export function entryLimit(entries: ReadonlyMap<number, XrefEntry>): number {
  if (entries instanceof RangeEntries || entries instanceof LayeredEntries) {
    return entries.limit;
  }
  let limit = 0;
  for (const num of entries.keys()) {
    limit = Math.max(limit, num + 1);
  }
  return limit;
}
