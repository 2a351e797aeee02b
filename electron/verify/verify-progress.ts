import type { ByteSource } from "../pdf/pdf-file.ts";

/** Looking through a file for signatures takes about this share of the time; the rest is hashing. */
const SEARCH_SHARE = 0.3;
/** When the digest of the signature that covers most is taken on the way. */
const SEARCH_AND_HASH_SHARE = 0.9;

/** Counts bytes for `onProgress`, and looks at the work limit while hashing does. */
export interface VerifyProgress {
  readonly searched: (count: number) => void;
  /** The search hashes, too. */
  readonly hashesAhead: () => void;
  /** How many bytes there are to hash, once that is known. */
  readonly toHash: (count: number) => void;
  readonly hashed: (count: number) => void;
}

export function progressOf(source: ByteSource, onProgress: ((fraction: number) => void) | undefined): VerifyProgress {
  let searchedBytes = 0;
  let hashedBytes = 0;
  let all = 1;
  let share = SEARCH_SHARE;
  return {
    hashesAhead: () => {
      share = SEARCH_AND_HASH_SHARE;
    },
    searched: (count) => {
      searchedBytes += count;
      onProgress?.((share * searchedBytes) / Math.max(1, source.size));
    },
    toHash: (count) => {
      all = Math.max(1, count);
    },
    hashed: (count) => {
      source.tick?.();
      hashedBytes += count;
      onProgress?.(share + (1 - share) * Math.min(1, hashedBytes / all));
    },
  };
}
