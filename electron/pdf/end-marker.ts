import { Cursor } from "./cursor.ts";
import { findLastBytes } from "./find-bytes.ts";
import { ObjectParser } from "./object-parser.ts";
import type { ByteSource } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";

export interface EndMarker {
  /** The number behind `startxref`, as stored. */
  readonly startxref: number;
  /** Offset just behind %%EOF and its end of line. */
  readonly end: number;
}

/** How far from the end of the file the last `startxref` may be (other readers: 1,024 bytes). */
const REACH = 2048;

/** The last `startxref N %%EOF` of the file (ISO 32000-2 7.5.5). */
export function lastEndMarker(source: ByteSource): EndMarker {
  const at = findLastBytes(source, "startxref", REACH);
  const marker = at < 0 ? undefined : endMarkerAt(source, at);
  if (marker === undefined) {
    throw new PdfProblem("no-startxref", "The end of the file does not say where its cross-reference is.", source.size);
  }
  return marker;
}

/** The end marker that follows `from`, with nothing but white space and comments before it. */
export function endMarkerAt(source: ByteSource, from: number): EndMarker | undefined {
  const cursor = new Cursor(source, from);
  cursor.skipSpaceAndComments();
  if (cursor.takeKeyword("trailer")) {
    // Some writers leave a trailer behind a cross-reference stream too. It means nothing there.
    new ObjectParser(cursor).parseDictionary();
    cursor.skipSpaceAndComments();
  }
  if (!cursor.takeKeyword("startxref")) {
    return undefined;
  }
  cursor.skipSpace();
  const startxref = cursor.takeUnsigned();
  if (startxref === undefined) {
    return undefined;
  }
  for (;;) {
    cursor.skipSpace();
    if (cursor.peek() !== 0x25) {
      return undefined;
    }
    if (takeText(cursor, "%%EOF")) {
      return { startxref, end: endOfMarkerLine(cursor) };
    }
    cursor.skipLine();
  }
}

function takeText(cursor: Cursor, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (cursor.peekAt(index) !== text.charCodeAt(index)) {
      return false;
    }
  }
  cursor.pos += text.length;
  return true;
}

/** Blanks and one end of line belong to the marker; anything else behind %%EOF does not. */
function endOfMarkerLine(cursor: Cursor): number {
  const markerEnd = cursor.pos;
  while (cursor.peek() === 0x20 || cursor.peek() === 0x09) {
    cursor.pos += 1;
  }
  const atLineEnd = cursor.peek() === 0x0d || cursor.peek() === 0x0a || cursor.peek() < 0;
  if (!atLineEnd) {
    return markerEnd;
  }
  cursor.skipEndOfLine();
  return cursor.pos;
}
