import { lastEndMarker } from "./end-marker.ts";
import { readHeader } from "./header.ts";
import { PdfDocument } from "./pdf-document.ts";
import type { ByteSource, PdfFile } from "./pdf-file.ts";
import { isSectionAt, readRevisions } from "./xref-chain.ts";

export interface OpenOptions {
  /** Owner or user password. When it does not open the file, or there is none, the empty user password is tried. */
  readonly password?: string;
}

/** For callers that may have a password. */
export const openOptions = (password: string | undefined): OpenOptions => (password === undefined ? {} : { password });

/**
 * Opens a file strictly: its cross-reference must be right, and two readers must not be able to see two documents in
 * it. Throws `PdfProblem` otherwise; `openRepaired` is the explicit way to open such a file nevertheless. Reads the
 * cross-reference and the catalog, nothing that grows with pages. The source stays the caller's until `close`.
 *
 * An encrypted file that no password opens is returned too (`encryption.authenticated` is null): its structure can be
 * looked at, its strings and streams throw PdfProblem "encrypted" or "encryption-unsupported".
 */
export function openPdf(source: ByteSource, { password }: OpenOptions = {}): PdfFile {
  const header = readHeader(source);
  const { startxref } = lastEndMarker(source);
  // Offsets count from the header (ISO 32000-2 7.5.2); writers that put something in front later count from the file.
  const offsetBase = header.offset > 0 && isSectionAt(source, startxref + header.offset) ? header.offset : 0;
  const revisions = readRevisions(source, startxref + offsetBase, offsetBase);
  return new PdfDocument({ source, header, offsetBase, revisions, repaired: false, password });
}
