import { closeSync, constants, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
import { readFully } from "./file-bytes.ts";

const BUFFER = 512 * 1024;

export interface FileRange {
  readonly offset: number;
  readonly length: number;
}

/**
 * Hands the bytes of some ranges of a file to `take`, in the order given. While one part is taken, the next is already
 * being read: on two cores hashing and reading overlap. What fits into one buffer is read at once: handing that to other
 * threads takes longer. The bytes are only valid during the call. Two buffers of 512 KiB are all the memory it needs.
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
  const total = ranges.reduce((sum, { length }) => sum + length, 0);
  if (total <= BUFFER) {
    signal?.throwIfAborted();
    return readAtOnce(path, ranges, take);
  }
  const file = await open(path, "r");
  let ahead: Promise<number> | undefined;
  try {
    const size = BUFFER;
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

function readAtOnce(path: string, ranges: readonly FileRange[], take: (bytes: Uint8Array) => void): number | null {
  // SECURITY: what was a file may be a pipe by now, and opening one would wait. Windows knows no such flag.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    for (const { offset, length } of ranges) {
      const bytes = new Uint8Array(length);
      const filled = fill(descriptor, bytes, offset);
      take(bytes.subarray(0, filled));
      if (filled < length) {
        return offset + filled;
      }
    }
    return null;
  } finally {
    closeSync(descriptor);
  }
}

/** Fewer bytes only at the end of the file. One system call may read fewer. */
function fill(descriptor: number, bytes: Uint8Array, offset: number): number {
  let filled = 0;
  while (filled < bytes.length) {
    const count = readSync(descriptor, bytes, filled, bytes.length - filled, offset + filled);
    if (count === 0) {
      break;
    }
    filled += count;
  }
  return filled;
}

function* partsOf(ranges: readonly FileRange[], size: number): Generator<FileRange, undefined> {
  for (const { offset, length } of ranges) {
    for (let done = 0; done < length; done += size) {
      yield { offset: offset + done, length: Math.min(size, length - done) };
    }
  }
}
