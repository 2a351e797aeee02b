import { type FileRange, readRanges } from "../pdf/read-ranges.ts";
import { createDigest, type DigestAlgorithm } from "../pki/digest.ts";
import type { SignedRange } from "./byte-range.ts";
import type { DigestAhead } from "./digest-ahead.ts";

/** The file is not what it was when its structure was read. */
export class FileChanged extends Error {
  override readonly name = "FileChanged";
}

/**
 * Digest over the signed bytes of a file, in constant memory. Rejects when aborted or when reading fails, with
 * `FileChanged` when the file ends too early, and with what `onBytes` throws; that gets the number of bytes of each part.
 */
export async function contentDigest(
  path: string,
  range: SignedRange,
  algorithm: DigestAlgorithm,
  signal?: AbortSignal,
  onBytes?: (count: number) => void,
): Promise<Uint8Array> {
  const ranges = [
    { offset: 0, length: range.gapStart },
    { offset: range.gapEnd, length: range.end - range.gapEnd },
  ];
  return digestOfRanges(path, ranges, algorithm, signal, onBytes);
}

/** As `contentDigest`, over any parts of a file. */
export async function digestOfRanges(
  path: string,
  ranges: readonly FileRange[],
  algorithm: DigestAlgorithm,
  signal?: AbortSignal,
  onBytes?: (count: number) => void,
): Promise<Uint8Array> {
  const running = createDigest(algorithm);
  const take = (bytes: Uint8Array): void => {
    running.update(bytes);
    onBytes?.(bytes.length);
  };
  const endedAt = await readRanges(path, ranges, take, signal);
  if (endedAt !== null) {
    throw new FileChanged("The file became shorter while it was read.");
  }
  return new Uint8Array(running.digest());
}

export interface DigestSurroundings {
  readonly path: string;
  /** A digest that was taken while the file was looked through. */
  readonly ahead: DigestAhead | undefined;
  readonly signal: AbortSignal | undefined;
  /** Told of the bytes that were hashed. */
  readonly onBytes: (count: number) => void;
}

/** The digest that was taken ahead, if it is this one, else `contentDigest`. */
export async function digestOfRange(
  range: SignedRange,
  algorithm: DigestAlgorithm,
  { path, ahead, signal, onBytes }: DigestSurroundings,
): Promise<Uint8Array> {
  const known = ahead?.digestOf(range, algorithm);
  if (known === undefined) {
    return contentDigest(path, range, algorithm, signal, onBytes);
  }
  onBytes(range.end);
  return known;
}
