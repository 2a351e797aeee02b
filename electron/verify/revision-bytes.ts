import { Cursor } from "../pdf/cursor.ts";
import { endMarkerAt } from "../pdf/end-marker.ts";
import { readIndirectObject } from "../pdf/indirect-object.ts";
import { ObjectParser } from "../pdf/object-parser.ts";
import type { ByteSource, PdfFile, Revision } from "../pdf/pdf-file.ts";
import { PdfProblem } from "../pdf/pdf-problem.ts";
import { failure, type Finding } from "./finding.ts";
import { holdsOnlyKnownObjects, isObjectStream } from "./object-stream-bytes.ts";

/**
 * Accounts for every byte that one incremental update appended: the objects its cross-reference names, the
 * cross-reference itself, the trailer, the end marker, white space and harmless comments. Anything else is what some
 * other program might read as an object (incremental saving attacks).
 *
 * @param start Where the update begins; absent: where the revision before it ended.
 */
export function accountForUpdate(
  file: PdfFile,
  index: number,
  start: number | undefined = file.revisions[index - 1]?.end,
): readonly Finding[] {
  const revision = file.revisions[index];
  if (revision === undefined || start === undefined) {
    return [];
  }
  try {
    const state = file.atRevision(index);
    return walk(state, revision, start);
  } catch (error) {
    if (error instanceof PdfProblem) {
      const message = `A revision after the signature cannot be read: ${error.message}`;
      return [failure("FORMAT_FAILURE", `pdf.${error.code}`, message, { offset: error.offset ?? start })];
    }
    throw error;
  }
}

function walk(state: PdfFile, revision: Revision, start: number): readonly Finding[] {
  const { source } = state;
  let position = start;
  for (const { offset, num } of objectsWithin(revision, start)) {
    const stray = firstStrayByte(source, position, offset);
    if (stray !== undefined) {
      return [unexplained(stray)];
    }
    const found = readIndirectObject(source, offset, { lenient: false, resolve: (object) => state.resolve(object) });
    if (num !== undefined && found.num !== num) {
      return [unexplained(offset)];
    }
    if (isObjectStream(state, found.object) && !holdsOnlyKnownObjects(state, found.num, found.object)) {
      const message = "An object stream that was added after the signature holds more than its cross-reference says.";
      return [failure("FORMAT_FAILURE", "revision.object-stream", message, { offset })];
    }
    position = found.end;
  }
  return closing(source, revision, position);
}

interface Placed {
  readonly offset: number;
  /** Undefined for the cross-reference stream, which need not list itself. */
  readonly num: number | undefined;
}

function objectsWithin(revision: Revision, start: number): readonly Placed[] {
  const places = new Map<number, Placed>();
  if (revision.style === "stream") {
    places.set(revision.xrefOffset, { offset: revision.xrefOffset, num: undefined });
  }
  for (const [num, entry] of revision.entries) {
    if (entry.kind === "offset" && entry.offset >= start && entry.offset < revision.end) {
      places.set(entry.offset, { offset: entry.offset, num });
    }
  }
  return [...places.values()].sort((a, b) => a.offset - b.offset);
}

function closing(source: ByteSource, revision: Revision, position: number): readonly Finding[] {
  let end = position;
  if (revision.style !== "stream") {
    const stray = firstStrayByte(source, position, revision.xrefOffset);
    if (stray !== undefined) {
      return [unexplained(stray)];
    }
    const tableEnd = endOfTable(source, revision.xrefOffset);
    if (tableEnd === undefined) {
      return [unexplained(revision.xrefOffset)];
    }
    end = tableEnd;
  }
  // SECURITY: only the first trailer counts here; a program that searches for the last one sees another document.
  const cursor = new Cursor(source, end);
  cursor.skipSpaceAndComments();
  if (cursor.takeKeyword("trailer")) {
    return [unexplained(end)];
  }
  const marker = endMarkerAt(source, end);
  return marker?.end === revision.end ? [] : [unexplained(end)];
}

/** Behind the trailer dictionary of a classic table (ISO 32000-2 7.5.4). */
function endOfTable(source: ByteSource, offset: number): number | undefined {
  const cursor = new Cursor(source, offset);
  cursor.skipSpace();
  if (!cursor.takeKeyword("xref")) {
    return undefined;
  }
  for (;;) {
    cursor.skipSpace();
    if (cursor.takeKeyword("trailer")) {
      new ObjectParser(cursor).parseDictionary();
      return cursor.pos;
    }
    const first = cursor.takeUnsigned();
    cursor.skipSpace();
    const count = first === undefined ? undefined : cursor.takeUnsigned();
    if (count === undefined || !skipRows(cursor, count)) {
      return undefined;
    }
  }
}

function skipRows(cursor: Cursor, count: number): boolean {
  for (let row = 0; row < count; row += 1) {
    cursor.skipSpace();
    const offset = cursor.takeUnsigned();
    cursor.skipSpace();
    const generation = offset === undefined ? undefined : cursor.takeUnsigned();
    cursor.skipSpace();
    if (generation === undefined || !(cursor.takeKeyword("n") || cursor.takeKeyword("f"))) {
      return false;
    }
  }
  return true;
}

/** White space, and comments that no lenient reader could take for an object, explain themselves. */
function firstStrayByte(source: ByteSource, from: number, to: number): number | undefined {
  if (to < from) {
    return to;
  }
  const cursor = new Cursor(source, from);
  while (cursor.pos < to) {
    cursor.skipSpace();
    if (cursor.pos >= to) {
      return undefined;
    }
    const start = cursor.pos;
    if (cursor.peek() !== 0x25) {
      return start;
    }
    cursor.skipLine();
    const comment = Buffer.from(source.read(start, Math.min(cursor.pos - start, 4096))).toString("latin1");
    if (cursor.pos - start > 4096 || /obj|xref|trailer|stream/u.test(comment)) {
      return start;
    }
  }
  return undefined;
}

const unexplained = (offset: number): Finding =>
  failure(
    "FORMAT_FAILURE",
    "revision.unexplained-bytes",
    "Bytes were added after the signature that belong to no object of the document.",
    { offset },
  );
