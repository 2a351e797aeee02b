import type { Failure } from "../../shared/failure.ts";
import type { InitialsDesign } from "../../shared/mark-design.ts";
import { pagesIn, parsePageRanges } from "../../shared/page-ranges.ts";
import type { Placement } from "../../shared/placement.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { readSignatureFields } from "./earlier-signatures.ts";
import { initialsRefusal } from "./initials-refusal.ts";
import { placeRefusal } from "./signature-target.ts";

export interface MarksInspection {
  /** Why mark or initials cannot be drawn where they are wanted. */
  readonly refusal: Failure | null;
  /** A part of the mark lies outside the page that is shown. */
  readonly clipped: boolean;
  /** How many pages get initials. */
  readonly initialledPages: number;
}

/** What can be told of the wanted marks before anything is prepared. Throws PdfProblem. */
export function inspectMarks(file: PdfFile, placement: Placement, initials: InitialsDesign | null): MarksInspection {
  const nothing = { clipped: false, initialledPages: 0 };
  if (initials !== null) {
    const refusal = initialsRefusal(file, readSignatureFields(file), initials);
    if (refusal !== null) {
      return { ...nothing, refusal };
    }
  }
  const initialledPages =
    initials === null ? 0 : pagesIn(parsePageRanges(initials.pages) ?? [], file.pageCount()).length;
  if (placement.kind !== "rectangle") {
    return { refusal: null, clipped: false, initialledPages };
  }
  const refusal = placeRefusal(file, placement.page, placement.rectangle);
  if (refusal !== null) {
    return { ...nothing, refusal };
  }
  const [left, bottom, right, top] = file.page(placement.page - 1).cropBox;
  const { x, y, width, height } = placement.rectangle;
  // Half a point is a rounding, not a mistake.
  const outside = Math.max(left - x, bottom - y, x + width - right, y + height - top) > 0.5;
  return { refusal: null, clipped: outside, initialledPages };
}
