import { isDict, isRef, type PdfDict } from "../../../pdf/objects.ts";
import { numbersOf } from "../../drawing/numbers.ts";
import type { Comparison } from "../comparison.ts";
import { boxOf, liesOverBox, liesOverText, signedContent } from "../signed-content.ts";
import type { FilledWidget } from "./filled-field.ts";

/**
 * SECURITY: a field prepared before signing can lie over a text or over another field, empty until it is filled in with
 * something that hides what the signer saw. Why the place is not harmless; undefined when it is.
 */
export function placeProblem(comparison: Comparison, widget: FilledWidget): string | undefined {
  if (widget.keys.length === 0 && !comparison.overridden.has(widget.num)) {
    return undefined;
  }
  const box = boxOf(numbersOf(comparison.old, widget.before.entries.get("Rect")));
  const page = pageNumberOf(comparison, widget.num, widget.before);
  const content = page === undefined ? undefined : signedContent(comparison, page);
  if (box === undefined || content === undefined) {
    return "its place in the document is not certain";
  }
  if (content.page === undefined) {
    return "the page under it cannot be read";
  }
  if (content.page.text.some((text) => liesOverText(box, text))) {
    return "it lies over signed text";
  }
  return content.annotations.some(({ num, box: other }) => num !== widget.num && liesOverBox(box, other))
    ? "it lies over another field or annotation"
    : undefined;
}

/** /P of the widget, or the page whose list of annotations has it. */
export function pageNumberOf(comparison: Comparison, num: number, widget: PdfDict): number | undefined {
  const page = widget.entries.get("P");
  if (isRef(page) && isDict(comparison.valueBefore(page.num))) {
    return page.num;
  }
  return comparison.index.usesOf(num).find(({ key }) => key === "Annots")?.from;
}
