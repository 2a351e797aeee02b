import { Cursor } from "../pdf/cursor.ts";
import type { PdfFile, Revision } from "../pdf/pdf-file.ts";
import { failure, type Finding, notShown } from "./finding.ts";

/** More than stands between the number and the end of a revision. */
const REACH = 1024;
const MARKER = /startxref\s+(\d+)\s(?:\s*%[^\r\n]*[\r\n])*?\s*%%EOF[ \t]*(?:\r\n|\r|\n)?$/u;

/**
 * Checks how the signed revision and those after it end, and how the later ones begin where the earlier ones stopped.
 *
 * SECURITY: the chain is followed from the newest revision down. A signed revision can hold two cross-references; its
 * own end marker names the one that was shown to the signer, and a later /Prev may name the other one.
 */
export function endFindings(file: PdfFile, signed: number): readonly Finding[] {
  return file.revisions.flatMap((revision, index) => {
    if (index < signed) {
      return [];
    }
    const findings: Finding[] = [];
    if (!isNamedByMarker(file, revision)) {
      const message = "A revision ends by naming another cross-reference than the one that is used now.";
      findings.push(failure("FORMAT_FAILURE", "revision.other-cross-reference", message, { offset: revision.end }));
    }
    const isNewest = index > signed && index === file.revisions.length - 1;
    if (isNewest && file.revisions.slice(signed, index).some((before) => shrinks(before, revision))) {
      // ISO 32000-2 table 15: objects with higher numbers are to be ignored; some programs do so.
      const message =
        "The newest revision declares fewer objects than there are, so some programs would leave some out.";
      findings.push(notShown("GENERIC", "revision.fewer-objects", message, { offset: revision.xrefOffset }));
    }
    return findings;
  });
}

function isNamedByMarker(file: PdfFile, { end, xrefOffset }: Revision): boolean {
  const from = Math.max(0, end - REACH);
  const found = MARKER.exec(Buffer.from(file.source.read(from, end - from)).toString("latin1"));
  if (found === null) {
    return false;
  }
  const cursor = new Cursor(file.source, Number(found[1]) + file.offsetBase);
  cursor.skipSpace();
  const named = cursor.pos;
  cursor.pos = xrefOffset;
  cursor.skipSpace();
  return named === cursor.pos;
}

function shrinks(before: Revision, now: Revision): boolean {
  const [earlier, later] = [before, now].map(({ trailer }) => trailer.entries.get("Size"));
  return typeof later !== "number" || (typeof earlier === "number" && later < earlier);
}
