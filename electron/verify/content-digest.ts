import { open } from "node:fs/promises";

import { createDigest, type DigestAlgorithm } from "../pki/digest.ts";
import type { SignedRange } from "./byte-range.ts";

const BUFFER = 1024 * 1024;

/** Digest over the signed bytes of a file, streamed through one buffer. Rejects when aborted or when reading fails. */
export async function contentDigest(
  path: string,
  range: SignedRange,
  algorithm: DigestAlgorithm,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const running = createDigest(algorithm);
  const parts = [
    [0, range.gapStart],
    [range.gapEnd, range.end],
  ] as const;
  const file = await open(path, "r");
  try {
    const buffer = new Uint8Array(BUFFER);
    for (const [from, to] of parts) {
      for (let at = from; at < to;) {
        signal?.throwIfAborted();
        const { bytesRead } = await file.read(buffer, 0, Math.min(BUFFER, to - at), at);
        if (bytesRead === 0) {
          throw new Error("the file became shorter while it was read");
        }
        running.update(buffer.subarray(0, bytesRead));
        at += bytesRead;
      }
    }
    return new Uint8Array(running.digest());
  } finally {
    await file.close();
  }
}
