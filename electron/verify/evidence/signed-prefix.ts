import { boundedSource } from "../../pdf/bounded-source.ts";
import { type OpenOptions, openPdf } from "../../pdf/open-pdf.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { toHex } from "../../pki/der-values.ts";
import type { BankIdManifest, ManifestDocument } from "../../evidence/bankid/manifest.ts";
import { digestOfRanges } from "../content-digest.ts";

export interface FileBytes {
  readonly path: string;
  readonly size: number;
  readonly signal: AbortSignal | undefined;
  /** Told of the bytes that were hashed. */
  readonly onBytes: (count: number) => void;
}

/** SECURITY: each costs a pass over the file. Honest evidence names one document that has the beginning's size. */
const MOST_DIGESTS = 8;

/** Digests of beginnings of one file, each taken once. */
export class PrefixDigests {
  readonly #bytes: FileBytes;
  readonly #known = new Map<number, Promise<string>>();

  constructor(bytes: FileBytes) {
    this.#bytes = bytes;
  }

  get fileSize(): number {
    return this.#bytes.size;
  }

  /** SHA-256 in hexadecimal; undefined: too many were asked for. Rejects when aborted or when reading fails. */
  async of(size: number): Promise<string | undefined> {
    const known = this.#known.get(size);
    if (known !== undefined || this.#known.size >= MOST_DIGESTS) {
      return known;
    }
    const digest = digestOfPrefix(this.#bytes, size);
    this.#known.set(size, digest);
    return digest;
  }
}

async function digestOfPrefix({ path, signal, onBytes }: FileBytes, size: number): Promise<string> {
  return toHex(await digestOfRanges(path, [{ offset: 0, length: size }], "SHA-256", signal, onBytes));
}

export type PrefixResult =
  | { readonly ok: true; readonly entry: ManifestDocument }
  | { readonly ok: false; readonly why: "none-fits" | "limit" };

/**
 * The longest beginning of the file, or all of it, that the manifest names to the byte. Names do not matter.
 *
 * @param isPossible Which sizes may be asked for: each costs a pass over the file.
 */
export async function prefixOf(
  manifest: BankIdManifest,
  digests: PrefixDigests,
  isPossible: (size: number) => boolean,
): Promise<PrefixResult> {
  const entries = manifest.documents
    .filter(({ size }) => size > 0 && size <= digests.fileSize && isPossible(size))
    .toSorted((a, b) => b.size - a.size);
  for (const entry of entries) {
    const digest = await digests.of(entry.size);
    if (digest === undefined) {
      return { ok: false, why: "limit" };
    }
    if (digest === entry.sha256) {
      return { ok: true, entry };
    }
  }
  return { ok: false, why: "none-fits" };
}

/** Other programs read a file whose last marker is at most so far from its end. */
const REACH = 2048;

/** Whether a document can have ended there: cheap, and no proof. */
export const isNearRevisionEnd = ({ revisions }: PdfFile, size: number): boolean =>
  revisions.some(({ end, xrefOffset }) => xrefOffset < size && Math.abs(end - size) <= REACH);

/**
 * Index of the revision that a document of this size was the end of; undefined: it was none, or another one than this file's
 * later cross-references go back to.
 *
 * SECURITY: those bytes are opened by themselves, as whoever signed them opened them.
 */
export function revisionEndingAt(file: PdfFile, size: number, options: OpenOptions): number | undefined {
  try {
    const alone = openPdf(boundedSource(file.source, size), options).revisions;
    const index = file.revisions.findIndex(({ xrefOffset }) => xrefOffset === alone.at(-1)?.xrefOffset);
    const isSame =
      alone.length === index + 1 &&
      alone.every(({ xrefOffset }, position) => xrefOffset === file.revisions[position]?.xrefOffset);
    return isSame ? index : undefined;
  } catch (error) {
    if (error instanceof PdfProblem) {
      return undefined;
    }
    throw error;
  }
}
