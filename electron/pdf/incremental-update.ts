import { createHash } from "node:crypto";
import { fromLatin1 } from "./characters.ts";
import { MAX_OBJECT_NUMBER } from "./limits.ts";
import { hex, isArray, isString, type PdfDict, type PdfObject, type PdfRef, ref } from "./objects.ts";
import type { PdfFile, Revision } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";
import { serializeObject } from "./serialize.ts";
import { type WrittenObject, writeXrefStream, writeXrefTable } from "./xref-writer.ts";

/**
 * A piece of an object's body. A marked piece is findable in the file afterwards. In an encrypted file the strings of an
 * object piece are encrypted; all other pieces stand as they are.
 */
export type RawSegment =
  | string
  | Uint8Array
  | { readonly mark: string; readonly bytes: Uint8Array }
  | { readonly object: PdfObject };

type Piece = Exclude<RawSegment, { readonly object: PdfObject }>;

export interface RenderedUpdate {
  /** Offset at which the bytes belong: the size of the original file. */
  readonly base: number;
  readonly bytes: Uint8Array;
  /** Absolute file offset of the first byte of each marked piece. */
  readonly marks: ReadonlyMap<string, number>;
}

/**
 * One incremental update (ISO 32000-2 7.5.6): objects, a cross-reference section of the kind that the last revision
 * has, a trailer. Nothing that is already in the file changes. Everything is kept in memory until `render`, so it is
 * for the few objects of a signature, not for content.
 */
export class IncrementalUpdate {
  private readonly file: PdfFile;
  private readonly newest: Revision;
  private readonly bodies = new Map<number, { readonly ref: PdfRef; readonly segments: readonly Piece[] }>();
  private next: number;
  /** Where the search for an unused number goes on. */
  private gap = 1;

  /**
   * Throws PdfProblem for a repaired file, which cannot be continued by appending, and for an encrypted one that no
   * password opened.
   */
  constructor(file: PdfFile) {
    const newest = file.revisions.at(-1);
    if (file.repaired || newest === undefined) {
      throw new PdfProblem("xref-broken", "A repaired file must be rewritten before anything can be appended to it.");
    }
    if (file.encryption?.authenticated === null) {
      throw new PdfProblem("encrypted", "An encrypted file can be continued only with its password.");
    }
    this.file = file;
    this.newest = newest;
    this.next = Math.max(1, file.size);
  }

  /** A number that no object has yet: the next one, and where that is too large for common readers, one in a gap. */
  allocate(): PdfRef {
    if (this.next > MAX_OBJECT_NUMBER) {
      return ref(this.unusedNumber());
    }
    const reference = ref(this.next);
    this.next += 1;
    return reference;
  }

  private unusedNumber(): number {
    while (this.gap <= MAX_OBJECT_NUMBER) {
      const number = this.gap;
      this.gap += 1;
      if (this.file.entry(number) === undefined && !this.bodies.has(number)) {
        return number;
      }
    }
    throw new PdfProblem("limit", "The file has no object numbers left.");
  }

  /**
   * Writes an object: a new one, or a new version of one that exists. The last call for a number wins. The object is
   * plain; in an encrypted file it is encrypted here.
   */
  set(reference: PdfRef, object: PdfObject): void {
    this.setRaw(reference, [{ object }]);
  }

  /** As `set`, with the body given as it shall stand in the file, between `obj` and `endobj`. */
  setRaw(reference: PdfRef, segments: readonly RawSegment[]): void {
    const pieces = segments.map((segment) => this.toPiece(reference, segment));
    this.bodies.set(reference.num, { ref: reference, segments: pieces });
    this.next = Math.max(this.next, reference.num + 1);
  }

  private toPiece(reference: PdfRef, segment: RawSegment): Piece {
    if (typeof segment === "string" || segment instanceof Uint8Array || "mark" in segment) {
      return segment;
    }
    const { security } = this.file;
    return serializeObject(security?.encryptObject(segment.object, reference) ?? segment.object);
  }

  /** The bytes to append at `base`. The same update renders to the same bytes. */
  render(): RenderedUpdate {
    const base = this.file.source.size;
    const output = new PositionedOutput(base);
    const marks = new Map<string, number>();
    const written: WrittenObject[] = [];
    // What was there ends without an end of line: ours begins with one, for `%%EOF` is a comment.
    const last = this.file.source.read(base - 1, 1)[0];
    if (last !== 0x0a && last !== 0x0d) {
      output.write("\n");
    }
    for (const { ref: reference, segments } of this.bodies.values()) {
      written.push({ num: reference.num, gen: reference.gen, offset: output.position - this.file.offsetBase });
      output.write(`${reference.num} ${reference.gen} obj\n`);
      for (const segment of segments) {
        if (typeof segment === "object" && "mark" in segment) {
          marks.set(segment.mark, output.position);
          output.write(segment.bytes);
        } else {
          output.write(segment);
        }
      }
      output.write("\nendobj\n");
    }
    this.writeXref(output, written);
    return { base, bytes: output.bytes(), marks };
  }

  private writeXref(output: PositionedOutput, written: readonly WrittenObject[]): void {
    const { newest, file } = this;
    const at = output.position - file.offsetBase;
    const common = {
      startxref: at,
      previous: newest.xrefOffset - file.offsetBase,
      trailer: this.trailerEntries(output.bytes()),
    };
    if (newest.style === "stream") {
      // ISO 32000-2 7.5.8.1: the stream is an object and lists itself.
      const own = { num: this.allocateForXref(), gen: 0, offset: at };
      const size = Math.max(this.next, own.num + 1);
      output.write(writeXrefStream({ ...common, size, own, objects: [...written, own] }));
    } else {
      // A hybrid file is continued with a table: /XRefStm stays with the section it belongs to.
      output.write(writeXrefTable({ ...common, size: this.next, objects: written }));
    }
  }

  /** Not remembered: rendering twice gives the same number. */
  private allocateForXref(): number {
    const { next, gap } = this;
    const { num } = this.allocate();
    this.next = next;
    this.gap = gap;
    return num;
  }

  /** ISO 32000-2 7.5.6: all entries of the trailer before, /Prev, and the rest brought up to date. */
  private trailerEntries(body: Uint8Array): ReadonlyMap<string, PdfObject> {
    const entries = new Map<string, PdfObject>();
    for (const [key, value] of this.newest.trailer.entries) {
      if (!OWN_KEYS.has(key)) {
        entries.set(key, value);
      }
    }
    const id = this.fileIdentifier(this.newest.trailer, body);
    if (id !== undefined) {
      entries.set("ID", id);
    }
    return entries;
  }

  /**
   * ISO 32000-2 14.4: the first part stays, the second changes with every update. It is computed from what is written,
   * so that nothing random is needed. Files before 2.0 that have none keep it that way, and so do encrypted ones: the
   * first part went into their key.
   */
  private fileIdentifier(trailer: PdfDict, body: Uint8Array): PdfObject | undefined {
    const { encrypted, version } = this.file;
    const written = trailer.entries.get("ID");
    // ISO 32000-2 7.6.2: in an encrypted file the two strings are direct; what is not so was not part of the key.
    const resolve = encrypted ? (object: PdfObject | undefined) => object : this.file.resolve.bind(this.file);
    const existing = resolve(written);
    const first = isArray(existing) ? resolve(existing[0]) : undefined;
    if (!isString(first) && (encrypted || version < "2.0")) {
      return encrypted ? written : undefined;
    }
    const hash = createHash("sha256").update(String(this.file.source.size)).update(body);
    const kept = isString(first) ? first.bytes : hash.copy().update("first").digest().subarray(0, 16);
    return [hex(kept), hex(hash.update(kept).digest().subarray(0, 16))];
  }
}

/** Set anew for each section, or belonging to the cross-reference stream that carried the trailer. */
const OWN_KEYS: ReadonlySet<string> = new Set(
  "Size Prev XRefStm ID Type Length Filter DecodeParms W Index F FFilter FDecodeParms DL".split(" "),
);

class PositionedOutput {
  private readonly parts: Uint8Array[] = [];
  /** Absolute file offset of the next byte. */
  position: number;

  constructor(base: number) {
    this.position = base;
  }

  write(piece: string | Uint8Array): void {
    const bytes = typeof piece === "string" ? fromLatin1(piece) : piece;
    this.parts.push(bytes);
    this.position += bytes.length;
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.parts);
  }
}
