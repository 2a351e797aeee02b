import { isSpace } from "./characters.ts";
import { Cursor } from "./cursor.ts";
import { findBytes } from "./find-bytes.ts";
import { ObjectParser } from "./object-parser.ts";
import { isDict, type PdfDict, type PdfObject, type PdfStream } from "./objects.ts";
import type { ByteSource } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";

export interface IndirectObject {
  readonly num: number;
  readonly gen: number;
  readonly object: PdfObject;
  /** Offset of the object number's first digit. */
  readonly offset: number;
  /** Offset just behind `endobj` (lenient: behind the object where that word is missing). */
  readonly end: number;
}

export interface IndirectObjectOptions {
  /** Repair of broken files: a stream with a wrong /Length ends at `endstream`, a missing `endobj` is passed over. */
  readonly lenient: boolean;
  /** Follows a reference in /Length. */
  readonly resolve: (object: PdfObject | undefined) => PdfObject;
}

/** Reads `N G obj … endobj` (ISO 32000-2 7.3.10). White space before the object number is allowed. */
export function readIndirectObject(source: ByteSource, at: number, options: IndirectObjectOptions): IndirectObject {
  const cursor = new Cursor(source, at);
  const header = readObjectHeader(cursor);
  if (header === undefined) {
    throw new PdfProblem("object-mismatch", "No object starts where the cross-reference says so.", at);
  }
  const parser = new ObjectParser(cursor, options.lenient);
  cursor.skipSpaceAndComments();
  // `5 0 obj endobj`: some writers leave an object out; it reads as null.
  const empty = takeEnd(cursor);
  if (empty) {
    return { ...header, object: null, end: cursor.pos };
  }
  const value = parser.parse();
  cursor.skipSpaceAndComments();
  const object = isDict(value) && cursor.takeKeyword("stream") ? readStream(cursor, value, options) : value;
  cursor.skipSpaceAndComments();
  if (!takeEnd(cursor) && !options.lenient) {
    throw new PdfProblem("object-broken", `Object ${header.num} has no end.`, cursor.pos);
  }
  return { ...header, object, end: cursor.pos };
}

const takeEnd = (cursor: Cursor): boolean => cursor.takeKeyword("endobj");

/** `N G obj`, moving behind it; undefined when something else stands here. */
export function readObjectHeader(
  cursor: Cursor,
): { readonly num: number; readonly gen: number; readonly offset: number } | undefined {
  cursor.skipSpaceAndComments();
  const offset = cursor.pos;
  const num = cursor.takeUnsigned();
  if (num === undefined || !isSpace(cursor.peek())) {
    return undefined;
  }
  cursor.skipSpaceAndComments();
  const gen = cursor.takeUnsigned();
  if (gen === undefined) {
    return undefined;
  }
  cursor.skipSpaceAndComments();
  return cursor.takeKeyword("obj") ? { num, gen, offset } : undefined;
}

/** Behind the keyword `stream`. */
function readStream(cursor: Cursor, dict: PdfDict, options: IndirectObjectOptions): PdfStream {
  const keywordEnd = cursor.pos;
  while (cursor.peek() === 0x20 || cursor.peek() === 0x09) {
    cursor.pos += 1;
  }
  if (cursor.peek() === 0x0d || cursor.peek() === 0x0a) {
    // ISO 32000-2 7.3.8.1 forbids a lone CR here; old writers have it. The check of /Length below leaves no doubt.
    cursor.skipEndOfLine();
  } else {
    cursor.pos = keywordEnd;
  }
  const offset = cursor.pos;
  const length = streamLength(dict, options);
  if (length !== undefined && endsAt(cursor, offset + length)) {
    return { kind: "stream", dict, data: { kind: "file", offset, length } };
  }
  if (!options.lenient) {
    throw new PdfProblem("stream-broken", "A stream does not end where its /Length says.", offset);
  }
  return { kind: "stream", dict, data: { kind: "file", offset, length: scanForEnd(cursor, offset) } };
}

function streamLength(dict: PdfDict, options: IndirectObjectOptions): number | undefined {
  try {
    const length = options.resolve(dict.entries.get("Length"));
    return typeof length === "number" && length >= 0 ? length : undefined;
  } catch (error) {
    if (options.lenient && error instanceof PdfProblem) {
      return undefined;
    }
    throw error;
  }
}

/** True, and moved behind it, when only white space stands between `end` and `endstream`. */
function endsAt(cursor: Cursor, end: number): boolean {
  if (end > cursor.source.size) {
    return false;
  }
  cursor.pos = end;
  for (let spaces = 0; spaces < 16 && isSpace(cursor.peek()); spaces += 1) {
    cursor.pos += 1;
  }
  return cursor.takeKeyword("endstream");
}

function scanForEnd(cursor: Cursor, offset: number): number {
  const { source } = cursor;
  const found = findBytes(source, "endstream", offset);
  const end = found < 0 ? source.size : found;
  cursor.pos = found < 0 ? end : found + "endstream".length;
  const tail = source.read(Math.max(offset, end - 2), Math.min(2, end - offset));
  // ISO 32000-2 7.3.8.1: the end of line before `endstream` is not part of the data.
  const last = tail.at(-1);
  const eol = last === 0x0a ? (tail.length > 1 && tail[0] === 0x0d ? 2 : 1) : last === 0x0d ? 1 : 0;
  return end - offset - eol;
}
