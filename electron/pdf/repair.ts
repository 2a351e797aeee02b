import { readHeader, type Header } from "./header.ts";
import { isRef, type PdfDict, type PdfObject, type PdfRef } from "./objects.ts";
import type { OpenOptions } from "./open-pdf.ts";
import { PdfDocument } from "./pdf-document.ts";
import type { ByteSource, PdfFile } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";
import { scanObjects, type ScannedFile } from "./scan-objects.ts";

/**
 * Opens a file whose cross-reference is broken, by looking for objects from the first byte to the last. The last
 * definition of an object counts, as in a file with updates. The result is marked `repaired`, has one revision, and must
 * be rewritten before anything can be appended; it says nothing about what a signature in it covers. Throws PdfProblem.
 */
export function openRepaired(source: ByteSource, { password }: OpenOptions = {}): PdfFile {
  const header = headerOf(source);
  const scanned = scanObjects(source, password);
  if (scanned.entries.size === 0) {
    throw new PdfProblem("not-a-pdf", "The file holds no PDF objects.", 0);
  }
  const trailer = chooseTrailer(scanned);
  const revision = {
    xrefOffset: 0,
    xrefStreams: [],
    style: "table",
    trailer,
    end: source.size,
    entries: scanned.entries,
    linearizedPart: false,
  } as const;
  return new PdfDocument({ source, header, offsetBase: 0, revisions: [revision], repaired: true, password });
}

function headerOf(source: ByteSource): Header {
  try {
    return readHeader(source);
  } catch (error) {
    if (error instanceof PdfProblem && error.code === "not-a-pdf") {
      return { offset: 0, version: "1.4" };
    }
    throw error;
  }
}

/** The newest values of all trailers, with a /Root that leads to a catalog; without one, the last catalog of the file. */
function chooseTrailer({ trailers, catalogs, entries }: ScannedFile): PdfDict {
  const merged = new Map<string, PdfObject>();
  for (const trailer of trailers) {
    for (const key of ["Root", "Info", "ID", "Encrypt"]) {
      const value = trailer.entries.get(key);
      if (value !== undefined && !(key === "Root" && !leadsToCatalog(value, catalogs, entries))) {
        merged.set(key, value);
      }
    }
  }
  const last = catalogs.at(-1);
  if (!merged.has("Root")) {
    if (last === undefined && merged.has("Encrypt")) {
      throw new PdfProblem("encrypted", "The catalog is in a part of the file that needs a password.");
    }
    if (last === undefined) {
      throw new PdfProblem("catalog-broken", "The file has no catalog.");
    }
    merged.set("Root", last);
  }
  let size = 0;
  for (const num of entries.keys()) {
    size = Math.max(size, num + 1);
  }
  merged.set("Size", size);
  return { kind: "dict", entries: merged, duplicates: [] };
}

function leadsToCatalog(root: PdfObject, catalogs: readonly PdfRef[], entries: ScannedFile["entries"]): boolean {
  if (!isRef(root)) {
    return false;
  }
  // A catalog inside an object stream is not among those that were seen.
  return entries.get(root.num)?.kind === "in-stream" || catalogs.some(({ num }) => num === root.num);
}
