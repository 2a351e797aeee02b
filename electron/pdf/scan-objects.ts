import { isDigit, isSpace } from "./characters.ts";
import { Cursor } from "./cursor.ts";
import { decodeStream } from "./filters/decode-stream.ts";
import { scannedSecurity } from "./encryption/scanned-security.ts";
import { findBytes } from "./find-bytes.ts";
import { type IndirectObject, readIndirectObject } from "./indirect-object.ts";
import { MAX_RAW_STREAM, MAX_SCAN_WASTE, MAX_SCANNED_OBJECTS, MAX_SCANNED_TRAILERS } from "./limits.ts";
import { ObjectParser } from "./object-parser.ts";
import { ObjectStream } from "./object-stream.ts";
import {
  isDict,
  isName,
  isRef,
  isStream,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfStream,
  ref,
} from "./objects.ts";
import type { ByteSource, XrefEntry } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";

export interface ScannedFile {
  readonly entries: ReadonlyMap<number, XrefEntry>;
  /** Oldest first: trailer dictionaries and the dictionaries of cross-reference streams. */
  readonly trailers: readonly PdfDict[];
  /** Catalogs that are objects of their own, in file order. */
  readonly catalogs: readonly PdfRef[];
}

interface Scan {
  readonly source: ByteSource;
  readonly entries: Map<number, XrefEntry>;
  readonly trailers: PdfDict[];
  readonly catalogs: PdfRef[];
  attempts: number;
  wasted: number;
  readonly objectStreams: {
    readonly num: number;
    readonly gen: number;
    readonly offset: number;
    readonly stream: PdfStream;
  }[];
}

/** A failure costs as much time as reading about this many bytes, however short it is. */
const FAILURE_COST = 320;

/** Finds everything in a file that looks like an object or a trailer. Linear in the size of the file. */
export function scanObjects(source: ByteSource, password?: string): ScannedFile {
  const scan: Scan = {
    source,
    entries: new Map(),
    trailers: [],
    catalogs: [],
    attempts: 0,
    wasted: 0,
    objectStreams: [],
  };
  let nextObject = findBytes(source, "obj", 0);
  let nextTrailer = findBytes(source, "trailer", 0);
  while (nextObject >= 0 || nextTrailer >= 0) {
    if (nextTrailer >= 0 && (nextObject < 0 || nextTrailer < nextObject)) {
      addTrailer(scan, nextTrailer + "trailer".length);
      nextTrailer = findBytes(source, "trailer", nextTrailer + 1);
      continue;
    }
    const header = headerBefore(source, nextObject);
    const end = header === undefined ? undefined : addObject(scan, header);
    const from = Math.max(nextObject + 3, end ?? 0);
    nextObject = findBytes(source, "obj", from);
    if (nextTrailer >= 0 && nextTrailer < from) {
      nextTrailer = findBytes(source, "trailer", from);
    }
  }
  addObjectStreams(scan, password);
  return scan;
}

/** The offset at which `N G obj` begins, when the three letters at `at` end one. */
function headerBefore(source: ByteSource, at: number): number | undefined {
  const start = Math.max(0, at - 40);
  const bytes = source.read(start, at - start);
  let index = bytes.length - 1;
  const skip = (accepts: (byte: number) => boolean): boolean => {
    const from = index;
    while (index >= 0 && accepts(bytes[index] ?? -1)) {
      index -= 1;
    }
    return index < from;
  };
  skip(isSpace);
  return skip(isDigit) && skip(isSpace) && skip(isDigit) ? start + index + 1 : undefined;
}

/** Notes an object and returns where it ends; undefined when it cannot be read. */
function addObject(scan: Scan, at: number): number | undefined {
  scan.attempts += 1;
  const found = tryRead(scan, at);
  checkEffort(scan, at);
  if (found === undefined) {
    return undefined;
  }
  const { num, gen, object, offset, end } = found;
  // The last definition counts.
  scan.entries.set(num, { kind: "offset", offset, gen });
  if (isStream(object)) {
    const type = object.dict.entries.get("Type");
    if (isName(type, "XRef")) {
      scan.trailers.push(object.dict);
    } else if (isName(type, "ObjStm")) {
      scan.objectStreams.push({ num, gen, offset, stream: object });
    }
  } else if (isDict(object) && isName(object.entries.get("Type"), "Catalog")) {
    scan.catalogs.push(ref(num, gen));
  }
  return end;
}

function tryRead(scan: Scan, at: number): IndirectObject | undefined {
  try {
    // References are not followed: it is not known yet where they lead. Such streams end at `endstream`.
    return readIndirectObject(scan.source, at, {
      lenient: true,
      resolve: (object) => (isRef(object) ? null : (object ?? null)),
    });
  } catch (error) {
    if (error instanceof PdfProblem) {
      scan.wasted += Math.max(FAILURE_COST, (error.offset ?? at) - at);
      return undefined;
    }
    throw error;
  }
}

function addTrailer(scan: Scan, at: number): void {
  scan.attempts += 1;
  if (scan.trailers.length >= MAX_SCANNED_TRAILERS) {
    throw new PdfProblem("limit", "The file has too many trailers.", at);
  }
  try {
    scan.trailers.push(new ObjectParser(new Cursor(scan.source, at), true).parseDictionary());
  } catch (error) {
    if (!(error instanceof PdfProblem)) {
      throw error;
    }
    scan.wasted += Math.max(FAILURE_COST, (error.offset ?? at) - at);
  }
  checkEffort(scan, at);
}

/** SECURITY: a file of nothing but beginnings of objects would be read once for each of them. */
function checkEffort(scan: Scan, at: number): void {
  if (scan.attempts > MAX_SCANNED_OBJECTS || scan.wasted > MAX_SCAN_WASTE) {
    throw new PdfProblem("limit", "The file is too damaged to be searched for its objects.", at);
  }
}

/** Objects inside object streams; one that also stands alone, further behind in the file, stays what it is. */
function addObjectStreams(scan: Scan, password: string | undefined): void {
  const encrypted = scan.trailers.some((trailer) => trailer.entries.has("Encrypt"));
  const security = scannedSecurity(scan.source, scan.entries, scan.trailers, password);
  if (encrypted && security === null) {
    return;
  }
  const placeOf = new Map<number, number>();
  for (const { num, gen, offset, stream } of scan.objectStreams) {
    const decrypt = (raw: Uint8Array): Uint8Array => security?.decryptStream(stream.dict, raw, ref(num, gen)) ?? raw;
    const opened = tryOpen(scan, stream, offset, decrypt);
    for (const [index, item] of opened?.index.entries() ?? []) {
      const known = scan.entries.get(item.num);
      const place = known?.kind === "offset" ? known.offset : (placeOf.get(item.num) ?? -1);
      if (offset > place) {
        scan.entries.set(item.num, { kind: "in-stream", stream: num, index });
        placeOf.set(item.num, offset);
      }
    }
  }
}

function tryOpen(
  scan: Scan,
  stream: PdfStream,
  offset: number,
  decrypt: (raw: Uint8Array) => Uint8Array,
): ObjectStream | undefined {
  const { dict, data } = stream;
  if (data.kind !== "file" || data.length > MAX_RAW_STREAM) {
    return undefined;
  }
  const resolve = (object: PdfObject | undefined): PdfObject => (isRef(object) ? null : (object ?? null));
  try {
    const bytes = decodeStream(dict, decrypt(scan.source.read(data.offset, data.length)), { lenient: true, resolve });
    return new ObjectStream(bytes, resolve(dict.entries.get("N")), resolve(dict.entries.get("First")), offset, true);
  } catch (error) {
    if (error instanceof PdfProblem) {
      return undefined;
    }
    throw error;
  }
}
