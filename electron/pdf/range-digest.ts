import { createHash } from "node:crypto";
import { PdfProblem } from "./pdf-problem.ts";
import { readRanges } from "./read-ranges.ts";

/**
 * SHA-256 over ranges of a file, in the order given, read in constant memory. Rejects with the signal's reason when
 * aborted, with `PdfProblem("limit")` when a range is outside the file, with the file system's own error otherwise.
 * `onProgress` gets the bytes done so far and in all.
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
  let done = 0;
  const endedAt = await readRanges(
    path,
    ranges,
    (bytes) => {
      hash.update(bytes);
      done += bytes.length;
      onProgress?.(done, total);
    },
    signal,
  );
  if (endedAt !== null) {
    throw new PdfProblem("limit", "The range ends behind the end of the file.", endedAt);
  }
  return hash.digest();
}
