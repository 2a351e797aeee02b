import { MAXIMUM_EVIDENCE_BYTES } from "../../../evidence/bankid/evidence-files.ts";
import { openFileSource } from "../../../pdf/file-source.ts";
import { isArray, isDict, isStream, isString } from "../../../pdf/objects.ts";
import type { PdfObject } from "../../../pdf/objects.ts";
import { openPdf } from "../../../pdf/open-pdf.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { PdfProblem } from "../../../pdf/pdf-problem.ts";
import { decodeTextString } from "../../../pdf/text-string.ts";

/**
 * The files that are associated with a document as a whole, by name, for a look at our own work; a name that comes twice is
 * none. Null: the document cannot be read.
 */
export function attachedFiles(path: string): ReadonlyMap<string, Uint8Array> | null {
  let file: PdfFile | null = null;
  try {
    file = openPdf(openFileSource(path));
    const list = file.get(file.catalog, "AF");
    const found = new Map<string, Uint8Array>();
    const twice = new Set<string>();
    for (const entry of isArray(list) ? list : []) {
      const one = attachedFile(file, entry);
      if (one !== null) {
        (found.has(one.name) ? twice : new Set<string>()).add(one.name);
        found.set(one.name, one.bytes);
      }
    }
    return new Map([...found].filter(([name]) => !twice.has(name)));
  } catch (error) {
    if (error instanceof PdfProblem) {
      return null;
    }
    throw error;
  } finally {
    file?.close();
  }
}

function attachedFile(file: PdfFile, entry: PdfObject): { readonly name: string; readonly bytes: Uint8Array } | null {
  const specification = file.resolve(entry);
  const name = isDict(specification) ? file.get(specification, "UF") : null;
  const embedded = isDict(specification) ? file.get(specification, "EF") : null;
  const stream = isDict(embedded) ? file.get(embedded, "F") : null;
  // Others' attachments may be of any size; ours are not.
  if (!isString(name) || !isStream(stream) || file.rawStream(stream).length > MAXIMUM_EVIDENCE_BYTES) {
    return null;
  }
  return { name: decodeTextString(name.bytes), bytes: file.streamBytes(stream) };
}
