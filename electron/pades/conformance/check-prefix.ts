import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import type { ByteRange } from "./check-file.ts";
import type { ConformanceViolation } from "./violation.ts";
import { violation } from "./violation.ts";

const BUFFER = 1024 * 1024;

/** Item 23: the result begins with the original, byte for byte, and the signature's gap lies behind it. */
export async function checkPrefix(
  path: string,
  originalPath: string,
  byteRange: ByteRange,
  signal?: AbortSignal,
): Promise<readonly ConformanceViolation[]> {
  const [result, original] = [await open(path, "r"), await open(originalPath, "r")];
  try {
    const { size } = await original.stat();
    if (byteRange[1] < size) {
      return [violation("incremental-update", "The signature's gap lies within the original.")];
    }
    return (await sameStart(result, original, size, signal))
      ? []
      : [violation("original-bytes", "The result does not begin with the bytes of the original.")];
  } finally {
    await Promise.all([result.close(), original.close()]);
  }
}

/** Two buffers of 1 MiB, whatever the size. */
async function sameStart(
  result: FileHandle,
  original: FileHandle,
  size: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const [left, right] = [Buffer.alloc(BUFFER), Buffer.alloc(BUFFER)];
  for (let offset = 0; offset < size; offset += BUFFER) {
    signal?.throwIfAborted();
    const length = Math.min(BUFFER, size - offset);
    const [a, b] = await Promise.all([fill(result, left, length, offset), fill(original, right, length, offset)]);
    if (a !== length || b !== length || left.compare(right, 0, length, 0, length) !== 0) {
      return false;
    }
  }
  return true;
}

/** A read may give less than asked for. */
async function fill(handle: FileHandle, buffer: Buffer, length: number, offset: number): Promise<number> {
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, done, length - done, offset + done);
    if (bytesRead === 0) {
      break;
    }
    done += bytesRead;
  }
  return done;
}
