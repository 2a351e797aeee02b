import { decideSigning } from "../../electron/pades/check-before-signing.ts";
import { memorySource } from "../../electron/pdf/memory-source.ts";
import { openPdf } from "../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../electron/pdf/pdf-file.ts";
import { PdfProblem } from "../../electron/pdf/pdf-problem.ts";
import type { Placement } from "../../shared/placement.ts";

/** Why a document cannot be signed there: protected, damaged, no such page or field; null: it can be. */
export function signingFault(bytes: Uint8Array, placement: Placement): string | null {
  return withPdf(bytes, (file) => placementFault(file, placement));
}

/** Opens a document and looks into it; what is wrong with one that is protected or cannot be read. */
export function withPdf<T>(bytes: Uint8Array, look: (file: PdfFile) => T): T | string {
  try {
    const file = openPdf(memorySource(bytes));
    try {
      // "PDF must be unprotected": also when nobody needs a password to read it.
      return file.encrypted ? "the PDF is protected" : look(file);
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof PdfProblem) return `the PDF cannot be read (${error.code})`;
    throw error;
  }
}

/** Asks the code that will write the signature later: it can say beforehand what it would refuse. */
export function placementFault(file: PdfFile, placement: Placement): string | null {
  const decision = decideSigning(file, { placement, reason: null, timestamped: true, chain: "later" });
  return decision.ok ? null : `the PDF cannot be signed there (${decision.failure.code})`;
}
