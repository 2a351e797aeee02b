import { createHash } from "node:crypto";
import { PdfProblem } from "./pdf-problem.ts";
import { readRanges } from "./read-ranges.ts";

/** What a document is hashed with when it is signed; all of them are in OpenSSL and BoringSSL. */
export type RangeDigest = "SHA-256" | "SHA-384" | "SHA-512";

const NATIVE_NAME: Readonly<Record<RangeDigest, string>> = {
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

/**
 * SHA-256, or the digest that `options` name, over ranges of a file, in the order given, read in constant memory. Rejects with the signal's reason when
 * aborted, with `PdfProblem("limit")` when a range is outside the file, with the file system's own error otherwise.
 * `onProgress` gets the bytes done so far and in all.
 */
export async function digestRanges(
  path: string,
  ranges: readonly { readonly offset: number; readonly length: number }[],
  options: {
    readonly algorithm?: RangeDigest;
    readonly signal?: AbortSignal;
    readonly onProgress?: (done: number, total: number) => void;
  } = {},
): Promise<Uint8Array> {
  const { signal, onProgress } = options;
  const total = ranges.reduce((sum, { length }) => sum + length, 0);
  const hash = createHash(NATIVE_NAME[options.algorithm ?? "SHA-256"]);
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
