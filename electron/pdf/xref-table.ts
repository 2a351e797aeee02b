import { isDigit, isRegular, latin1 } from "./characters.ts";
import { Cursor } from "./cursor.ts";
import { ObjectParser } from "./object-parser.ts";
import type { PdfDict } from "./objects.ts";
import type { ByteSource, XrefEntry } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";
import { type EntryRange, RangeEntries, rangesOverlap } from "./xref-entries.ts";

const ENTRY = /^(\d{10}) (\d{5}) ([nf])/;
const ENTRY_BYTES = 20;

export interface XrefTable {
  readonly entries: RangeEntries;
  readonly trailer: PdfDict;
  readonly end: number;
}

/**
 * Reads a classic cross-reference table and its trailer (ISO 32000-2 7.5.4). Entries of exactly 20 bytes are left in
 * the file until they are asked for. Entries of another width, which some writers produce, are read at once, as long
 * as they are still two numbers and a letter.
 */
export function readXrefTable(source: ByteSource, at: number, offsetBase: number): XrefTable {
  const cursor = new Cursor(source, at);
  cursor.skipSpace();
  if (!cursor.takeKeyword("xref")) {
    throw new PdfProblem("xref-broken", "No cross-reference stands where the file says so.", at);
  }
  const ranges: EntryRange[] = [];
  const loose = new Map<EntryRange, readonly XrefEntry[]>();
  for (;;) {
    cursor.skipSpaceAndComments();
    if (cursor.takeKeyword("trailer")) {
      break;
    }
    const { start, count } = readSubsectionHeader(cursor);
    const range = { start, count, at: cursor.pos };
    ranges.push(range);
    if (!skipFixedEntries(cursor, count)) {
      loose.set(range, readLooseEntries(cursor, count, offsetBase));
    }
  }
  if (rangesOverlap(ranges)) {
    throw new PdfProblem("xref-broken", "A cross-reference table lists an object twice.", at);
  }
  const entries = new RangeEntries(ranges, (range, index) => {
    const read = loose.get(range)?.[index];
    return read ?? readFixedEntry(source, range.at + index * ENTRY_BYTES, offsetBase);
  });
  const trailer = new ObjectParser(cursor).parseDictionary();
  return { entries, trailer, end: cursor.pos };
}

function readSubsectionHeader(cursor: Cursor): { readonly start: number; readonly count: number } {
  const at = cursor.pos;
  const start = cursor.takeUnsigned();
  cursor.skipSpace();
  const count = cursor.takeUnsigned();
  if (start === undefined || count === undefined || isRegular(cursor.peek())) {
    throw new PdfProblem("xref-broken", "A cross-reference table is damaged.", at);
  }
  cursor.skipSpace();
  // The shortest conceivable entry, "0 0 n ", has six bytes.
  if (count > (cursor.source.size - cursor.pos) / 6 || !Number.isSafeInteger(start + count)) {
    throw new PdfProblem("xref-broken", "A cross-reference table says it is longer than the file.", at);
  }
  return { start, count };
}

/** True, and moved behind them, when `count` entries of 20 bytes stand here. Looks at the first, the last and behind. */
function skipFixedEntries(cursor: Cursor, count: number): boolean {
  if (count === 0) {
    return true;
  }
  const { source, pos } = cursor;
  const end = pos + count * ENTRY_BYTES;
  const fits = [pos, end - ENTRY_BYTES].every((at) => ENTRY.test(latin1(source.read(at, ENTRY_BYTES))));
  const before = source.read(end - 2, 2);
  const separated = [...before].every((byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d);
  cursor.pos = end;
  cursor.skipSpaceAndComments();
  const next = cursor.peek();
  if (fits && separated && (isDigit(next) || next === 0x74)) {
    return true;
  }
  cursor.pos = pos;
  return false;
}

function readFixedEntry(source: ByteSource, at: number, offsetBase: number): XrefEntry {
  const match = ENTRY.exec(latin1(source.read(at, ENTRY_BYTES)));
  if (match === null) {
    throw new PdfProblem("xref-broken", "An entry of a cross-reference table is damaged.", at);
  }
  return makeEntry(Number(match[1]), Number(match[2]), match[3] === "n", offsetBase);
}

function readLooseEntries(cursor: Cursor, count: number, offsetBase: number): readonly XrefEntry[] {
  const entries: XrefEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    cursor.skipSpace();
    const at = cursor.pos;
    const offset = cursor.takeUnsigned();
    cursor.skipSpace();
    const gen = cursor.takeUnsigned();
    cursor.skipSpace();
    const inUse = cursor.takeKeyword("n");
    if (offset === undefined || gen === undefined || !(inUse || cursor.takeKeyword("f"))) {
      throw new PdfProblem("xref-broken", "An entry of a cross-reference table is damaged.", at);
    }
    entries.push(makeEntry(offset, gen, inUse, offsetBase));
  }
  return entries;
}

function makeEntry(offset: number, gen: number, inUse: boolean, offsetBase: number): XrefEntry {
  if (!inUse) {
    return { kind: "free", nextFree: offset, gen };
  }
  // No object can lie at 0, where the header is: some writers leave unused objects like this.
  return offset === 0 ? { kind: "free", nextFree: 0, gen } : { kind: "offset", offset: offset + offsetBase, gen };
}
