import { readIndirectObject } from "../indirect-object.ts";
import { isRef, type PdfDict, type PdfObject } from "../objects.ts";
import type { ByteSource, XrefEntry } from "../pdf-file.ts";
import { PdfProblem } from "../pdf-problem.ts";
import { type DocumentSecurity, openSecurity } from "./document-security.ts";

/**
 * The security of a file that is being searched for its objects: object streams must be decrypted before it is known what
 * is in them. The last trailer that has /Encrypt counts. Null: not encrypted, or not in a way that can be read.
 */
export function scannedSecurity(
  source: ByteSource,
  entries: ReadonlyMap<number, XrefEntry>,
  trailers: readonly PdfDict[],
  password: string | undefined,
): DocumentSecurity | null {
  const trailer = trailers.findLast((candidate) => candidate.entries.has("Encrypt"));
  if (trailer === undefined) {
    return null;
  }
  // One step is enough: the dictionary itself, and values that it refers to.
  const resolve = (object: PdfObject | undefined): PdfObject => {
    const entry = isRef(object) ? entries.get(object.num) : undefined;
    if (!isRef(object)) {
      return object ?? null;
    }
    if (entry?.kind !== "offset") {
      return null;
    }
    const direct = (inner: PdfObject | undefined): PdfObject => (isRef(inner) ? null : (inner ?? null));
    return direct(readIndirectObject(source, entry.offset, { lenient: true, resolve: direct }).object);
  };
  try {
    return openSecurity(trailer, { plain: resolve, resolve, password, known: new Map() });
  } catch (error) {
    if (error instanceof PdfProblem) {
      return null;
    }
    throw error;
  }
}
