import { boundedSource } from "./bounded-source.ts";
import type { DocumentSecurity } from "./encryption/document-security.ts";
import { decodeStream } from "./filters/decode-stream.ts";
import { readIndirectObject } from "./indirect-object.ts";
import { MAX_DECODED_TOTAL, MAX_RAW_STREAM, MAX_REFERENCE_HOPS } from "./limits.ts";
import { ObjectStream } from "./object-stream.ts";
import { isName, isRef, isStream, type PdfObject, type PdfRef, type PdfStream } from "./objects.ts";
import type { ByteSource, XrefEntry } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";

/** An entry, and where the revision that it belongs to ends: an object of that revision lies before. */
export interface LocatedEntry {
  readonly entry: XrefEntry;
  readonly end: number;
}

export interface ObjectStoreOptions {
  readonly lenient: boolean;
  /** Null: the file is not encrypted. */
  readonly security: DocumentSecurity | null;
  /** "refused": strings are taken as they stand and no stream is read, as is right for the encryption dictionary. */
  readonly streams?: "refused";
}

const CACHED_OBJECTS = 20_000;
const CACHED_STREAMS = 16;
const CACHED_STREAM_BYTES = 32 * 1024 * 1024;

/** Finds, reads and caches the objects of one file as one chain of revisions describes it. */
export class ObjectStore {
  private readonly source: ByteSource;
  private readonly locate: (num: number) => LocatedEntry | undefined;
  private readonly options: ObjectStoreOptions;
  private readonly objects = new Map<number, PdfObject>();
  private readonly objectStreams = new Map<number, ObjectStream>();
  private readonly reading = new Set<number>();
  private decodedTotal = 0;

  constructor(source: ByteSource, locate: (num: number) => LocatedEntry | undefined, options: ObjectStoreOptions) {
    this.source = source;
    this.locate = locate;
    this.options = options;
  }

  fetch(reference: PdfRef): PdfObject {
    this.source.tick?.();
    const located = this.locate(reference.num);
    if (located === undefined || located.entry.kind === "free") {
      return null;
    }
    const gen = located.entry.kind === "offset" ? located.entry.gen : 0;
    // ISO 32000-2 7.3.10: a reference to another generation is a reference to null.
    if (gen !== reference.gen) {
      return null;
    }
    const known = this.objects.get(reference.num);
    if (known !== undefined) {
      return known;
    }
    if (this.reading.has(reference.num)) {
      throw new PdfProblem("object-broken", `Object ${reference.num} needs itself to be read.`);
    }
    this.reading.add(reference.num);
    try {
      const object = this.read(reference, located);
      if (this.objects.size >= CACHED_OBJECTS) {
        this.objects.clear();
      }
      this.objects.set(reference.num, object);
      return object;
    } finally {
      this.reading.delete(reference.num);
    }
  }

  resolve = (object: PdfObject | undefined): PdfObject => {
    let current = object ?? null;
    for (let hops = 0; isRef(current); hops += 1) {
      if (hops >= MAX_REFERENCE_HOPS) {
        throw new PdfProblem("limit", "References lead to references without end.");
      }
      current = this.fetch(current);
    }
    return current;
  };

  rawStream(stream: PdfStream): Uint8Array {
    const { data } = stream;
    if (data.kind === "bytes") {
      return data.bytes;
    }
    if (data.length > MAX_RAW_STREAM) {
      throw new PdfProblem("limit", "A stream is too large to be read at once.", data.offset);
    }
    const raw = this.source.read(data.offset, data.length);
    const { security } = this.options;
    return security === null ? raw : security.decryptStream(stream.dict, raw, data.owner);
  }

  streamBytes(stream: PdfStream): Uint8Array {
    if (this.options.streams === "refused") {
      throw new PdfProblem("encryption-unsupported", "The encryption dictionary lies in an encrypted stream.");
    }
    const bytes = decodeStream(stream.dict, this.rawStream(stream), {
      lenient: this.options.lenient,
      resolve: this.resolve,
    });
    this.decodedTotal += bytes.length;
    // SECURITY: many streams that are each within bounds must not keep the program busy either.
    if (this.decodedTotal > MAX_DECODED_TOTAL) {
      throw new PdfProblem("limit", "The file's streams decode to more bytes than allowed.");
    }
    return bytes;
  }

  private read(reference: PdfRef, { entry, end }: LocatedEntry): PdfObject {
    switch (entry.kind) {
      case "free":
        return null;
      case "in-stream":
        return this.objectStream(entry.stream).object(reference.num, entry.index);
      case "offset":
        return this.readAt(reference, entry.offset, end);
    }
  }

  private readAt({ num, gen }: PdfRef, offset: number, end: number): PdfObject {
    // SECURITY: a revision cannot know of objects that were appended after it.
    if (offset >= end) {
      throw new PdfProblem("xref-broken", `Object ${num} is said to lie behind the revision it belongs to.`, offset);
    }
    const found = readIndirectObject(end < this.source.size ? boundedSource(this.source, end) : this.source, offset, {
      lenient: this.options.lenient,
      resolve: this.resolve,
    });
    if (found.num !== num || found.gen !== gen) {
      throw new PdfProblem("object-mismatch", `Object ${found.num} stands where object ${num} should be.`, offset);
    }
    return this.options.security?.decryptObject(found.object, { kind: "ref", num, gen }) ?? found.object;
  }

  private objectStream(num: number): ObjectStream {
    const known = this.objectStreams.get(num);
    if (known !== undefined) {
      return known;
    }
    const located = this.locate(num);
    if (located?.entry.kind !== "offset") {
      throw new PdfProblem("object-broken", `Object stream ${num} is missing.`);
    }
    const stream = this.fetch({ kind: "ref", num, gen: located.entry.gen });
    if (!isStream(stream) || !isName(this.resolve(stream.dict.entries.get("Type")), "ObjStm")) {
      throw new PdfProblem("object-broken", `Object ${num} is not an object stream.`, located.entry.offset);
    }
    const opened = new ObjectStream(
      this.streamBytes(stream),
      this.resolve(stream.dict.entries.get("N")),
      this.resolve(stream.dict.entries.get("First")),
      located.entry.offset,
      this.options.lenient,
    );
    this.remember(num, opened);
    return opened;
  }

  private remember(num: number, opened: ObjectStream): void {
    let bytes = opened.size;
    for (const held of this.objectStreams.values()) {
      bytes += held.size;
    }
    if (this.objectStreams.size >= CACHED_STREAMS || bytes > CACHED_STREAM_BYTES) {
      const oldest = this.objectStreams.keys().next().value;
      if (oldest !== undefined) {
        this.objectStreams.delete(oldest);
      }
    }
    this.objectStreams.set(num, opened);
  }
}
