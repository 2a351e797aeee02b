import { createHash } from "node:crypto";
import { sha256Hex } from "../../shared/ids.ts";
import type { Sha256Hex } from "../../shared/ids.ts";
import type { PreparedSignature } from "./prepared-signature.ts";

/** The digests of the original and of the staged file's byte range, in one pass over the original's bytes. */
export class StagedDigest {
  readonly #hash = createHash("sha256");
  readonly #range: Pick<PreparedSignature, "originalSize" | "stagedSize" | "byteRange">;
  readonly #onProgress: ((fraction: number) => void) | undefined;
  #done = 0;

  constructor(
    range: Pick<PreparedSignature, "originalSize" | "stagedSize" | "byteRange">,
    onProgress: ((fraction: number) => void) | undefined,
  ) {
    this.#range = range;
    this.#onProgress = onProgress;
  }

  /** The original's bytes, in order. */
  add(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#done += bytes.length;
    this.#onProgress?.(Math.min(1, this.#done / this.#range.stagedSize));
  }

  /** `update` are the bytes appended to the original; the gap of the byte range lies within them. */
  end(update: Uint8Array): { readonly original: Sha256Hex; readonly document: Sha256Hex } {
    const original = this.#hash.copy().digest("hex");
    const { originalSize, byteRange } = this.#range;
    const [, gapStart, gapEnd] = byteRange;
    this.#hash.update(update.subarray(0, gapStart - originalSize));
    this.#hash.update(update.subarray(gapEnd - originalSize));
    this.#onProgress?.(1);
    return { original: sha256Hex(original), document: sha256Hex(this.#hash.digest("hex")) };
  }
}
