import { open } from "node:fs/promises";
import { readFully } from "./file-bytes.ts";

const BUFFER = 512 * 1024;

export interface FileRange {
  readonly offset: number;
  readonly length: number;
}

/**
 * Hands the bytes of some ranges of a file to `take`, in the order given. While one part is taken, the next is already
 * being read: on two cores hashing and reading overlap. The bytes are only valid during the call. Two buffers of
 * 512 KiB are all the memory it needs.
 *
 * Gives the offset where the file ended too early, or null when everything was read. Rejects with the signal's reason
 * when aborted, otherwise with the file system's own error.
 */
export async function readRanges(
  path: string,
  ranges: readonly FileRange[],
  take: (bytes: Uint8Array) => void,
  signal?: AbortSignal,
): Promise<number | null> {
  const file = await open(path, "r");
  let ahead: Promise<number> | undefined;
  try {
    const total = ranges.reduce((sum, { length }) => sum + length, 0);
    const size = Math.max(1, Math.min(BUFFER, total));
    let [filling, other] = [new Uint8Array(size), new Uint8Array(size)];
    const parts = partsOf(ranges, size);
    let part = parts.next().value;
    ahead = part && readFully(file, filling.subarray(0, part.length), part.offset);
    while (part !== undefined && ahead !== undefined) {
      signal?.throwIfAborted();
      const { offset, length } = part;
      const filled = await ahead;
      const ready = filling.subarray(0, filled);
      part = parts.next().value;
      [filling, other] = [other, filling];
      ahead = part && readFully(file, filling.subarray(0, part.length), part.offset);
      take(ready);
      if (filled < length) {
        return offset + filled;
      }
    }
    signal?.throwIfAborted();
    return null;
  } finally {
    // A read that goes on must not meet a closed file.
    await ahead?.catch(() => undefined);
    await file.close();
  }
}

function* partsOf(ranges: readonly FileRange[], size: number): Generator<FileRange, undefined> {
  for (const { offset, length } of ranges) {
    for (let done = 0; done < length; done += size) {
      yield { offset: offset + done, length: Math.min(size, length - done) };
    }
  }
}
