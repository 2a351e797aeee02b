import { createHash } from "node:crypto";
import { sha256Hex } from "../../shared/ids.ts";
import type { Sha256Hex } from "../../shared/ids.ts";
import { createDigest } from "../pki/digest.ts";
import type { SigningDigest } from "../pki/signing-schemes.ts";
import type { PreparedSignature } from "./prepared-signature.ts";

type Ranges = Pick<PreparedSignature, "originalSize" | "stagedSize" | "byteRange"> & {
  readonly digestAlgorithm: SigningDigest;
};

/** The digests of the original and of the staged file's byte range, in one pass over the original's bytes. */
export class StagedDigest {
  /** Of the original as the person confirmed it. */
  readonly #sha256 = createHash("sha256");
  /** Of the byte range, where that is to be another digest. */
  readonly #other: ReturnType<typeof createDigest> | null;
  readonly #ranges: Ranges;
  readonly #onProgress: ((fraction: number) => void) | undefined;
  #done = 0;

  constructor(ranges: Ranges, onProgress: ((fraction: number) => void) | undefined) {
    this.#ranges = ranges;
    this.#onProgress = onProgress;
    this.#other = ranges.digestAlgorithm === "SHA-256" ? null : createDigest(ranges.digestAlgorithm);
  }

  /** The original's bytes, in order. */
  add(bytes: Uint8Array): void {
    this.#sha256.update(bytes);
    this.#other?.update(bytes);
    this.#done += bytes.length;
    this.#onProgress?.(Math.min(1, this.#done / this.#ranges.stagedSize));
  }

  /** `update` are the bytes appended to the original; the gap of the byte range lies within them. */
  end(update: Uint8Array): { readonly original: Sha256Hex; readonly document: string } {
    const original = sha256Hex(this.#sha256.copy().digest("hex"));
    const document = this.#other ?? this.#sha256;
    const { originalSize, byteRange } = this.#ranges;
    const [, gapStart, gapEnd] = byteRange;
    document.update(update.subarray(0, gapStart - originalSize));
    document.update(update.subarray(gapEnd - originalSize));
    this.#onProgress?.(1);
    return { original, document: Buffer.from(document.digest()).toString("hex") };
  }
}
