import { isDict, numberOf, type PdfDict } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { rotationOf } from "../../../pdf/page-geometry.ts";
import { numbersOf } from "../../drawing/numbers.ts";
import type { TextBox } from "../../drawing/page-content.ts";
import type { Comparison } from "../comparison.ts";
import { pageOfAnnotation } from "../page-of-annotation.ts";
import { pageRotation, shownBox } from "../page-box.ts";
import { boxOf, type Cover, coverOf, hiddenBy, meetsAnnotation } from "../signed-content.ts";
import type { FilledWidget } from "./filled-field.ts";

/** ISO 32000-2 table 167: Hidden, NoView, ToggleNoView. */
const UNSEEN = 2 | 32 | 256;
/** NoZoom, NoRotate. */
const UNSTEADY = 8 | 16;
/** In points: as much of a field may lie beside what is shown of its page. */
const BESIDE = 2;

/** What is told of a widget's new drawing. */
export interface Laid {
  /** It has signs that can be read the other way up. */
  readonly hasText: boolean;
  /** It paints over what is under it, and did not before. */
  readonly hasNewGround: boolean;
}

/**
 * SECURITY: a field prepared before signing can lie over a text or over another field, empty until it is filled in with
 * something that hides what the signer saw, or stand where nobody sees it as it is. Why the place is not harmless;
 * undefined when it is. Pictures are no reason for what covers nothing: forms are often scanned.
 */
export function placeProblem(
  comparison: Comparison,
  widget: FilledWidget,
  laid: Laid,
): { readonly code: string; readonly why: string } | undefined {
  const { old } = comparison;
  const box = boxOf(numbersOf(old, widget.before.entries.get("Rect")));
  const number = pageOfAnnotation(comparison, widget.num, widget.before);
  const page = number === undefined ? undefined : comparison.valueBefore(number);
  if (box === undefined || number === undefined || !isDict(page)) {
    return { code: "changes.covers-content", why: "its place in the document is not certain" };
  }
  const problem = sightProblem(old, page, widget.before, box, laid);
  if (problem !== undefined) {
    return { code: "changes.field-place", why: problem };
  }
  const cover = coverOf(comparison, number, widget.num, box);
  if (cover !== "nothing" && cover !== "picture") {
    return { code: "changes.covers-content", why: WHY[cover] };
  }
  if ((laid.hasText || laid.hasNewGround) && meetsAnnotation(comparison, number, widget.num, box)) {
    return { code: "changes.covers-content", why: WHY.annotation };
  }
  const hidden = laid.hasNewGround ? hiddenBy(comparison, number, box) : "nothing";
  return hidden === "nothing" ? undefined : { code: "changes.covers-content", why: WHY[hidden] };
}

const WHY: Readonly<Record<Exclude<Cover, "nothing">, string>> = {
  unreadable: "the page under it cannot be read",
  text: "it lies over signed text",
  annotation: "it lies over another field or annotation",
  picture: "it covers a signed picture",
};

function sightProblem(file: PdfFile, page: PdfDict, widget: PdfDict, box: TextBox, laid: Laid): string | undefined {
  const flags = numberOf(file.get(widget, "F")) ?? 0;
  if ((flags & UNSEEN) !== 0 || file.get(widget, "OC") !== null) {
    return "it is not seen everywhere";
  }
  if ((flags & UNSTEADY) !== 0) {
    return "it does not keep its place on the page";
  }
  const shown = shownBox(file, page);
  const isOnPage =
    box[0] >= shown[0] - BESIDE &&
    box[1] >= shown[1] - BESIDE &&
    box[2] <= shown[2] + BESIDE &&
    box[3] <= shown[3] + BESIDE;
  if (!isOnPage) {
    return "it lies beside the page";
  }
  const characteristics = file.get(widget, "MK");
  const turned = isDict(characteristics) ? numberOf(file.get(characteristics, "R")) : undefined;
  // The page is turned clockwise, the field against it (table 192).
  const isUpsideDown = Math.abs(pageRotation(file, page) - rotationOf(turned)) === 180;
  return laid.hasText && isUpsideDown ? "it stands on its head" : undefined;
}
