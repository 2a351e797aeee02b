import { isArray, isDict, isName, isStream } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { PdfProblem } from "../pdf/pdf-problem.ts";

const PART = /pdfaid:part\s*(?:=\s*["']|>)\s*([1-4])\b/u;
const CONFORMANCE = /pdfaid:conformance\s*(?:=\s*["']|>)\s*([A-Za-z])\b/u;

export interface PdfAClaim {
  readonly part: number;
  /** "A", "B", "U", "F" or "E"; null: none is named, as PDF/A-4 may. */
  readonly conformance: string | null;
}

/** What PDF/A the file claims to be (ISO 19005-1 6.7.11); null when it claims none. */
export function pdfAClaim(file: PdfFile): PdfAClaim | null {
  try {
    const metadata = file.get(file.catalog, "Metadata");
    const text = isStream(metadata) ? new TextDecoder("utf-8").decode(file.streamBytes(metadata)) : "";
    const part = PART.exec(text);
    return part === null
      ? null
      : { part: Number(part[1]), conformance: CONFORMANCE.exec(text)?.[1]?.toUpperCase() ?? null };
  } catch (error) {
    // Broken metadata claims nothing, and is no reason not to sign.
    if (error instanceof PdfProblem) {
      return null;
    }
    throw error;
  }
}

/** The part of PDF/A that the file claims; null when it claims none. */
const pdfAPart = (file: PdfFile): number | null => pdfAClaim(file)?.part ?? null;

/** Does the file claim PDF/A-1? That part forbids transparency and asks for a /CIDSet. */
export const claimsPdfA1 = (file: PdfFile): boolean => pdfAPart(file) === 1;

/**
 * May a mark use a soft mask or constant alpha? Not in PDF/A-1 (ISO 19005-1 6.4); in later parts only where the file's
 * output intent gives the colour space to mix in (ISO 19005-2 6.2.10), because our mark does not rewrite the page for it.
 */
export function allowsTransparency(file: PdfFile): boolean {
  const part = pdfAPart(file);
  return part === null || (part > 1 && hasPdfAIntent(file));
}

function hasPdfAIntent(file: PdfFile): boolean {
  const intents = file.get(file.catalog, "OutputIntents");
  return (
    isArray(intents) &&
    intents
      .map((entry) => file.resolve(entry))
      .filter(isDict)
      .some((intent) => isName(file.get(intent, "S"), "GTS_PDFA1") && isStream(file.get(intent, "DestOutputProfile")))
  );
}
