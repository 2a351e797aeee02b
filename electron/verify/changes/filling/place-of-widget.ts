import { numbersOf } from "../../drawing/numbers.ts";
import type { Comparison } from "../comparison.ts";
import { pageOfAnnotation } from "../page-of-annotation.ts";
import { boxOf, coverOf } from "../signed-content.ts";
import type { FilledWidget } from "./filled-field.ts";

/**
 * SECURITY: a field prepared before signing can lie over a text or over another field, empty until it is filled in with
 * something that hides what the signer saw. Why the place is not harmless; undefined when it is. Pictures are no reason:
 * forms are often scanned.
 */
export function placeProblem(comparison: Comparison, widget: FilledWidget): string | undefined {
  const box = boxOf(numbersOf(comparison.old, widget.before.entries.get("Rect")));
  const page = pageOfAnnotation(comparison, widget.num, widget.before);
  if (box === undefined || page === undefined) {
    return "its place in the document is not certain";
  }
  switch (coverOf(comparison, page, widget.num, box)) {
    case "unreadable":
      return "the page under it cannot be read";
    case "text":
      return "it lies over signed text";
    case "annotation":
      return "it lies over another field or annotation";
    case "picture":
    case "nothing":
      return undefined;
  }
}
