import { readRanges } from "../pdf/read-ranges.ts";
import { createDigest, type DigestAlgorithm } from "../pki/digest.ts";
import type { SignedRange } from "./byte-range.ts";

/** Digest over the signed bytes of a file, in constant memory. Rejects when aborted or when reading fails. */
export async function contentDigest(
  path: string,
  range: SignedRange,
  algorithm: DigestAlgorithm,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const running = createDigest(algorithm);
  const ranges = [
    { offset: 0, length: range.gapStart },
    { offset: range.gapEnd, length: range.end - range.gapEnd },
  ];
  const endedAt = await readRanges(path, ranges, (bytes) => void running.update(bytes), signal);
  if (endedAt !== null) {
    throw new Error("the file became shorter while it was read");
  }
  return new Uint8Array(running.digest());
}
