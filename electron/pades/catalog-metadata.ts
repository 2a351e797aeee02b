import { isStream } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { PdfProblem } from "../pdf/pdf-problem.ts";

const PART = /pdfaid:part\s*(?:=\s*["']|>)\s*1\b/u;

/** Does the file claim PDF/A-1 (ISO 19005-1 6.7.11)? That part forbids transparency and asks for a /CIDSet. */
export function claimsPdfA1(file: PdfFile): boolean {
  try {
    const metadata = file.get(file.catalog, "Metadata");
    return isStream(metadata) && PART.test(new TextDecoder("utf-8").decode(file.streamBytes(metadata)));
  } catch (error) {
    // Broken metadata claims nothing, and is no reason not to sign.
    if (error instanceof PdfProblem) {
      return false;
    }
    throw error;
  }
}
