import { open } from "node:fs/promises";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { createDigest } from "../../pki/digest.ts";
import type { DigestAlgorithm } from "../../pki/digest.ts";

const BUFFER = 1024 * 1024;

/** Digest of a byte range by any algorithm, read through one buffer. `PdfProblem("limit")` when it is outside the file. */
export async function contentDigestOf(
  path: string,
  byteRange: readonly [number, number, number, number],
  algorithm: DigestAlgorithm,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const [first, firstLength, second, secondLength] = byteRange;
  const running = createDigest(algorithm);
  const buffer = new Uint8Array(Math.max(1, Math.min(BUFFER, firstLength + secondLength)));
  const handle = await open(path, "r");
  try {
    for (const [start, length] of [
      [first, firstLength],
      [second, secondLength],
    ] as const) {
      for (let at = start; at < start + length;) {
        signal?.throwIfAborted();
        const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, start + length - at), at);
        if (bytesRead === 0) {
          throw new PdfProblem("limit", "The byte range ends behind the end of the file.", at);
        }
        running.update(buffer.subarray(0, bytesRead));
        at += bytesRead;
      }
    }
  } finally {
    await handle.close();
  }
  return new Uint8Array(running.digest());
}
