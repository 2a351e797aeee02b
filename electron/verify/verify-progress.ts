import type { ByteSource } from "../pdf/pdf-file.ts";

/** Looking through a file for signatures takes about this share of the time; the rest is hashing. */
const SEARCH_SHARE = 0.3;

/** Counts bytes for `onProgress`, and looks at the work limit while hashing does. */
export interface VerifyProgress {
  readonly searched: (count: number) => void;
  /** How many bytes there are to hash, once that is known. */
  readonly toHash: (count: number) => void;
  readonly hashed: (count: number) => void;
}

export function progressOf(source: ByteSource, onProgress: ((fraction: number) => void) | undefined): VerifyProgress {
  let searchedBytes = 0;
  let hashedBytes = 0;
  let all = 1;
  return {
    searched: (count) => {
      searchedBytes += count;
      onProgress?.((SEARCH_SHARE * searchedBytes) / Math.max(1, source.size));
    },
    toHash: (count) => {
      all = Math.max(1, count);
    },
    hashed: (count) => {
      source.tick?.();
      hashedBytes += count;
      onProgress?.(SEARCH_SHARE + (1 - SEARCH_SHARE) * Math.min(1, hashedBytes / all));
    },
  };
}
