import type { DocumentSecurity, PdfEncryption } from "./encryption/document-security.ts";
import type { PdfDict, PdfObject, PdfRef, PdfStream } from "./objects.ts";

/** Random access to the bytes of a file; reads are synchronous, small and cached in blocks by the implementation. */
export interface ByteSource {
  readonly size: number;
  /** Exactly the bytes [offset, offset + length), cut at the end of the file. The view may be shared: do not write to it. */
  read(offset: number, length: number): Uint8Array;
  /** Copies bytes from `offset` on into `target`, past any cache, and gives their number: for one pass over many bytes. */
  readInto?(offset: number, target: Uint8Array): number;
  /** Called often while the file is worked on; throws when whoever opened it wants the work to end. */
  readonly tick?: () => void;
  close(): void;
}

/** One revision as the cross-reference chain describes it (ISO 32000-2 7.5.6). */
export interface Revision {
  /** Absolute offset of the cross-reference section (table keyword or xref stream object). */
  readonly xrefOffset: number;
  /** Hybrid: a table whose trailer has /XRefStm. */
  readonly style: "table" | "stream" | "hybrid";
  /** Absolute offsets of its cross-reference streams, which need not list themselves (ISO 32000-2 7.5.8). */
  readonly xrefStreams: readonly number[];
  readonly trailer: PdfDict;
  /** Offset just behind this revision's end-of-file marker line (%%EOF and its end of line). */
  readonly end: number;
  /** Object numbers this revision's section defines or frees. */
  readonly entries: ReadonlyMap<number, XrefEntry>;
  /**
   * True for the first revision of a linearised file. Its two sections are joined to this one revision: `xrefOffset` and
   * `trailer` are those of the section at the front, `end` is the end of the whole.
   */
  readonly linearizedPart: boolean;
}

export type XrefEntry =
  | { readonly kind: "free"; readonly nextFree: number; readonly gen: number }
  | { readonly kind: "offset"; readonly offset: number; readonly gen: number }
  | { readonly kind: "in-stream"; readonly stream: number; readonly index: number };

export interface PdfPage {
  /** From 0. */
  readonly index: number;
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  /** [left, bottom, right, top], normalised, in user space units; inherited values resolved. */
  readonly mediaBox: readonly [number, number, number, number];
  readonly cropBox: readonly [number, number, number, number];
  /** 0, 90, 180 or 270, clockwise. */
  readonly rotate: 0 | 90 | 180 | 270;
  readonly userUnit: number;
  /** Inherited ones too; undefined when the page has none. */
  readonly resources: PdfDict | undefined;
}

/**
 * A PDF file, read lazily. Methods throw only `PdfProblem` (malformed input or a limit); every entry point of the
 * rooms above catches it and turns it into a verdict or a failure.
 */
export interface PdfFile {
  readonly source: ByteSource;
  /** Bytes of junk before "%PDF-"; all stored offsets are already absolute. */
  readonly headerOffset: number;
  /** What offsets stored in the file count from: 0, or `headerOffset` in files whose junk came after they were written. */
  readonly offsetBase: number;
  /** The higher of the header's version and the catalog's /Version, e.g. "1.7". */
  readonly version: string;
  /** Oldest first. */
  readonly revisions: readonly Revision[];
  /** The newest revision's trailer. */
  readonly trailer: PdfDict;
  readonly catalog: PdfDict;
  readonly catalogRef: PdfRef;
  /** /Encrypt is present. Whether its contents can be read nevertheless, `encryption` says. */
  readonly encrypted: boolean;
  /** How it is encrypted and whether it is open; null for a file that is not. */
  readonly encryption: PdfEncryption | null;
  /** Encrypts what is appended; null for a file that is not encrypted. */
  readonly security: DocumentSecurity | null;
  /** True when the cross-reference had to be rebuilt by scanning (`openRepaired`). */
  readonly repaired: boolean;
  /** Highest object number that the file knows plus one, or /Size when that is higher. */
  readonly size: number;
  entry(num: number): XrefEntry | undefined;
  /** The object, or null when it is free, missing or its generation differs (ISO 32000-2 7.3.10). */
  fetch(reference: PdfRef): PdfObject;
  /** Follows references until something direct is found; null for undefined. */
  resolve(object: PdfObject | undefined): PdfObject;
  /** `resolve` of an entry of a dictionary. */
  get(dictionary: PdfDict, key: string): PdfObject;
  /** Raw bytes of a stream, still encoded, but decrypted. */
  rawStream(stream: PdfStream): Uint8Array;
  /** Decoded bytes (structural filters: Flate, LZW, ASCIIHex, ASCII85, RunLength, with predictors). */
  streamBytes(stream: PdfStream): Uint8Array;
  pageCount(): number;
  /** Throws PdfProblem when there is no such page. Does not walk the whole tree when /Count can be trusted. */
  page(index: number): PdfPage;
  pages(): Iterable<PdfPage>;
  /** The index of a page object; undefined when it is none of this document's pages. Linear in pages on first use. */
  pageIndexOf(page: PdfRef): number | undefined;
  /** The same file as it was at the end of `revisions[index]`: later revisions do not exist for it. */
  atRevision(index: number): PdfFile;
  close(): void;
}
