import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { PdfProblem } from "./pdf-problem.ts";

const BUFFER = 1024 * 1024;

/**
 * SHA-256 over ranges of a file, in the order given, read through one buffer of 1 MiB. Rejects with the signal's
 * reason when aborted, with `PdfProblem("limit")` when a range is outside the file, with the file system's own error
 * otherwise. `onProgress` gets the bytes done so far and in all.
 */
export async function digestRanges(
  path: string,
  ranges: readonly { readonly offset: number; readonly length: number }[],
  options: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (done: number, total: number) => void;
  } = {},
): Promise<Uint8Array> {
  const { signal, onProgress } = options;
  const total = ranges.reduce((sum, { length }) => sum + length, 0);
  const hash = createHash("sha256");
  const buffer = new Uint8Array(Math.max(1, Math.min(BUFFER, total)));
  const file = await open(path, "r");
  try {
    let done = 0;
    for (const { offset, length } of ranges) {
      for (let at = offset; at < offset + length;) {
        signal?.throwIfAborted();
        const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, offset + length - at), at);
        if (bytesRead === 0) {
          throw new PdfProblem("limit", "The range ends behind the end of the file.", at);
        }
        hash.update(buffer.subarray(0, bytesRead));
        at += bytesRead;
        done += bytesRead;
        onProgress?.(done, total);
      }
    }
    signal?.throwIfAborted();
    return hash.digest();
  } finally {
    await file.close();
  }
}
