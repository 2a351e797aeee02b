import { isDigit, isRegular, isSpace } from "../pdf/characters.ts";
import { findBytes } from "../pdf/find-bytes.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { isBlank } from "./byte-range.ts";
import { type Finding, notShown } from "./finding.ts";
import { lastNotAfter, objectStarts, readAt } from "./object-places.ts";

const KEYWORD = "obj";
/** SECURITY: a hostile file has a million of them; one is enough for the verdict. */
const MOST_LOOKED_AT = 2000;
const MOST_FOUND = 5;

const known = new WeakMap<PdfFile, readonly Finding[]>();

/**
 * The second reader (E.5, summary rule 2): programs that rebuild a cross-reference take the last definition of an object
 * that they find in the bytes. Where that is another one than the cross-reference says, two programs show two documents.
 * Looks for definitions that no cross-reference section of any revision knows, and for objects whose newest definition is
 * not the one in force. One pass over the file; asked for only when a signed file was changed.
 */
export function hiddenDefinitions(file: PdfFile): readonly Finding[] {
  const findings = known.get(file) ?? [...unknownDefinitions(file), ...outdatedDefinitions(file)];
  known.set(file, findings);
  return findings;
}

function unknownDefinitions(file: PdfFile): readonly Finding[] {
  const { source } = file;
  const starts = objectStarts(file);
  const findings: Finding[] = [];
  let lookedAt = 0;
  let span = { start: -1, end: -1 };
  for (
    let at = findBytes(source, KEYWORD, 0, source.size);
    at >= 0 && lookedAt < MOST_LOOKED_AT && findings.length < MOST_FOUND;
    at = findBytes(source, KEYWORD, at + KEYWORD.length, source.size)
  ) {
    const head = headAt(file, at);
    if (head === undefined) {
      continue;
    }
    const start = lastNotAfter(starts, head.offset);
    if (start !== undefined && head.offset - start <= MOST_BLANKS && isBlank(source, start, head.offset)) {
      continue;
    }
    if (start !== undefined && start !== span.start) {
      lookedAt += 1;
      span = { start, end: readAt(file, start)?.end ?? -1 };
    }
    // Within another object: in an attached document, or in a string.
    if (head.offset < span.end && start === span.start) {
      continue;
    }
    const message = `The file holds a second definition of object ${head.num} that only some programs read.`;
    findings.push(notShown("GENERIC", "reader.hidden-object", message, { offset: head.offset }));
  }
  return findings;
}

/** Cross-references that point to the blank or line end before an object are common. */
const MOST_BLANKS = 8;
const LONGEST_HEAD = 40;

/** "12 0 obj" read backwards from its keyword. */
function headAt({ source }: PdfFile, keyword: number): { readonly num: number; readonly offset: number } | undefined {
  const from = Math.max(0, keyword - LONGEST_HEAD);
  const bytes = source.read(from, keyword - from + KEYWORD.length + 1);
  let at = keyword - from - 1;
  const skip = (accepts: (byte: number) => boolean): number => {
    const before = at;
    while (at >= 0 && accepts(bytes[at] ?? -1)) {
      at -= 1;
    }
    return before - at;
  };
  skip(isSpace);
  const generation = skip(isDigit);
  const blanks = skip(isSpace);
  const end = at;
  const digits = skip(isDigit);
  const before = bytes[at] ?? -1;
  if (generation === 0 || blanks === 0 || digits === 0 || (at >= 0 && isRegular(before))) {
    return undefined;
  }
  const num = Number(Buffer.from(bytes.subarray(at + 1, end + 1)).toString("latin1"));
  return { num, offset: from + at + 1 };
}

function outdatedDefinitions(file: PdfFile): readonly Finding[] {
  const newest = new Map<number, number>();
  for (const { entries } of file.revisions) {
    for (const [num, entry] of entries) {
      if (entry.kind === "offset") {
        newest.set(num, Math.max(entry.offset, newest.get(num) ?? 0));
      }
    }
  }
  const findings: Finding[] = [];
  for (const [num, offset] of newest) {
    const entry = file.entry(num);
    if (entry?.kind === "offset" && entry.offset < offset && findings.length < MOST_FOUND) {
      const message = `Object ${num} has a newer definition in the file than the one in force.`;
      findings.push(notShown("GENERIC", "reader.outdated-object", message, { offset }));
    }
  }
  return findings;
}
