import type { Failure } from "../../shared/failure.ts";
import type { InitialsDesign } from "../../shared/mark-design.ts";
import { pagesIn, parsePageRanges } from "../../shared/page-ranges.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import type { SignatureFields } from "./earlier-signatures.ts";

/**
 * Why initials may not be stamped on the pages; null when they may. Only before the first signature: an annotation that
 * is added later is a change to what the earlier one covers (ISO 32000-2 table 257 allows it from level 3 on, and careful
 * verifiers report it also where nothing forbids it).
 */
export function initialsRefusal(file: PdfFile, fields: SignatureFields, design: InitialsDesign): Failure | null {
  const [earlier] = fields.signed;
  if (earlier !== undefined || fields.certification !== null) {
    return { code: "document.initials-after-signature", params: { field: earlier?.field.name ?? "" } };
  }
  // ISO 32000-2 table 22, bit 6: adding annotations needs its own permission.
  if (file.encryption?.permissions.annotate === false) {
    return { code: "document.signing-not-permitted" };
  }
  const ranges = parsePageRanges(design.pages);
  const pages = file.pageCount();
  if (ranges === null || pagesIn(ranges, pages).length === 0) {
    return { code: "document.initials-no-pages", params: { pages: design.pages, count: pages } };
  }
  return null;
}
