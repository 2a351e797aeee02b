import { Cursor } from "./cursor.ts";
import { endMarkerAt } from "./end-marker.ts";
import { findBytes } from "./find-bytes.ts";
import { readObjectHeader } from "./indirect-object.ts";
import { MAX_SECTIONS } from "./limits.ts";
import { ObjectParser } from "./object-parser.ts";
import { isDict } from "./objects.ts";
import type { ByteSource, Revision } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";
import { LayeredEntries } from "./xref-entries.ts";
import type { XrefSection } from "./xref-section.ts";
import { readXrefStream } from "./xref-stream.ts";
import { readXrefTable } from "./xref-table.ts";

/**
 * Follows the chain of cross-reference sections from the newest one back to the first (ISO 32000-2 7.5.6) and
 * returns the revisions, oldest first. `start` is absolute; offsets stored in the file count from `offsetBase`.
 */
export function readRevisions(source: ByteSource, start: number, offsetBase: number): readonly Revision[] {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  for (let at: number | undefined = start; at !== undefined;) {
    if (seen.has(at)) {
      throw new PdfProblem("xref-loop", "The cross-reference chain runs in a circle.", at);
    }
    if (seen.size >= MAX_SECTIONS) {
      throw new PdfProblem("limit", "The file has too many revisions.", at);
    }
    seen.add(at);
    const section = readSection(source, at, offsetBase);
    sections.push(section);
    at = previousOf(section, offsetBase);
  }
  return toRevisions(source, sections.toReversed());
}

/** True when a cross-reference section can be read at this offset. */
export function isSectionAt(source: ByteSource, at: number): boolean {
  const cursor = new Cursor(source, at);
  cursor.skipSpace();
  return cursor.takeKeyword("xref") || readObjectHeader(cursor) !== undefined;
}

function readSection(source: ByteSource, at: number, offsetBase: number): XrefSection {
  const cursor = new Cursor(source, at);
  cursor.skipSpace();
  if (cursor.peek() !== 0x78) {
    return { ...readXrefStream(source, at, offsetBase), offset: at, style: "stream", streams: [at] };
  }
  const table = readXrefTable(source, at, offsetBase);
  const hidden = table.trailer.entries.get("XRefStm");
  if (hidden === undefined) {
    return { ...table, offset: at, style: "table", streams: [] };
  }
  if (typeof hidden !== "number") {
    throw new PdfProblem("trailer-broken", "/XRefStm is not a number.", at);
  }
  // ISO 32000-2 7.5.8.4: the table first, then the stream, then /Prev; what the stream has is free in the table.
  const streams = [hidden + offsetBase];
  const { entries } = readXrefStream(source, hidden + offsetBase, offsetBase);
  const joined = new LayeredEntries([table.entries, entries], true);
  return { ...table, entries: joined, offset: at, style: "hybrid", streams };
}

function previousOf(section: XrefSection, offsetBase: number): number | undefined {
  const previous = section.trailer.entries.get("Prev");
  if (previous === undefined) {
    return undefined;
  }
  if (typeof previous !== "number" || previous < 0) {
    throw new PdfProblem("trailer-broken", "/Prev is not a number.", section.offset);
  }
  return previous + offsetBase;
}

/** Sections that share one end marker are one revision; so are the two sections of a linearised file. */
function toRevisions(source: ByteSource, sections: readonly XrefSection[]): readonly Revision[] {
  const [main, first] = sections;
  const linearized =
    main !== undefined && first !== undefined && first.offset < main.offset && isLinearized(source, first.offset);
  const revisions: Revision[] = [];
  let held: readonly XrefSection[] = [];
  for (const [index, section] of sections.entries()) {
    // The section at the front of a linearised file is closed by the end marker at the end of it.
    const closing = linearized && index === 1 ? main : section;
    const marker = linearized && index === 0 ? undefined : endMarkerAt(source, closing.end);
    const newer = sections[index + 1];
    held = [section, ...held];
    if (marker === undefined) {
      // Some writers of hybrid files put a table, a stream and an empty table that joins them under one end marker.
      if (newer === undefined || !((linearized && index === 0) || follows(source, section.end, newer.offset))) {
        throw new PdfProblem("trailer-broken", "A revision has no end marker.", section.end);
      }
      continue;
    }
    const before = revisions.at(-1);
    // SECURITY: updates are appended (ISO 32000-2 7.5.6). A section that precedes what it updates hides its age.
    if (before !== undefined && held.some(({ offset }) => offset < before.end)) {
      const message = "The revisions are not in the order in which they were written.";
      throw new PdfProblem("xref-broken", message, section.offset);
    }
    const layers = held.map(({ entries }) => entries);
    revisions.push({
      xrefOffset: section.offset,
      style: section.style,
      xrefStreams: held.flatMap(({ streams }) => streams),
      trailer: section.trailer,
      end: marker.end,
      entries: layers.length === 1 ? section.entries : new LayeredEntries(layers, false),
      linearizedPart: linearized && index === 1,
    });
    held = [];
  }
  return revisions;
}

/** How far apart two sections may be that share an end marker. */
const SHARED_REACH = 64 * 1024;

/** The newer section comes soon, and no end marker before it. */
function follows(source: ByteSource, end: number, next: number): boolean {
  return next >= end && next - end <= SHARED_REACH && findBytes(source, "%%EOF", end, next) < 0;
}

/** The first object of the file, before its first section, is a linearisation dictionary (ISO 32000-2 annex F). */
function isLinearized(source: ByteSource, before: number): boolean {
  const cursor = new Cursor(source, 0);
  // Junk before the header: the first line that starts a PDF comment.
  while (cursor.pos < 1024 && !(cursor.peek() === 0x25 && cursor.peekAt(1) === 0x50)) {
    cursor.pos += 1;
  }
  if (readObjectHeader(cursor) === undefined || cursor.pos > before) {
    return false;
  }
  try {
    const object = new ObjectParser(cursor).parse();
    return isDict(object) && object.entries.has("Linearized");
  } catch (error) {
    if (error instanceof PdfProblem) {
      return false;
    }
    throw error;
  }
}
