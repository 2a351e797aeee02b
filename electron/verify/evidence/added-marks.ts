import { isArray, isDict, isName, isRef, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import { forbidden, notJudged } from "../changes/change.ts";
import type { Comparison } from "../changes/comparison.ts";
import { inherited } from "../changes/filling/filled-field.ts";
import { isVisible } from "../changes/new-signature-field.ts";
import { pageOfAnnotation } from "../changes/page-of-annotation.ts";
import { isPage } from "../changes/page-rules.ts";
import { boxOf, coverOf, standsBesideText, touchedBy } from "../changes/signed-content.ts";
import { numbersOf } from "../drawing/numbers.ts";

/**
 * A seal may show itself on the page about the evidence, and beside what the person signed. SECURITY: what other signers
 * accept of a later signature's mark is too much here: nobody who signed with BankID has agreed that anything may lie over the
 * text, or stand beside an amount.
 */
export function judgeMarks(comparison: Comparison, newWidgets: ReadonlySet<number>): void {
  for (const page of comparison.appendedPages) {
    if (!itemsOf(comparison, page).every((item) => isRef(item) && newWidgets.has(item.num))) {
      const message = "The page about the evidence has an annotation that is no signature.";
      comparison.add(forbidden("changes.page-annotation", message, page));
    }
  }
  for (const page of changedPages(comparison)) {
    for (const item of itemsOf(comparison, page)) {
      if (isRef(item) && newWidgets.has(item.num)) {
        judgeMark(comparison, page, item.num);
      }
    }
  }
  for (const num of comparison.overridden) {
    const before = comparison.valueBefore(num);
    if (isDict(before) && isName(inherited(comparison.old, before, "FT"), "Sig")) {
      judgeFilledMark(comparison, num, before);
    }
  }
}

/**
 * A field that the person saw, empty, and that is signed now: its label stands beside it. SECURITY: where it lies over text, its
 * drawing replaces what the person read.
 */
function judgeFilledMark(comparison: Comparison, num: number, before: PdfDict): void {
  const widget = comparison.valueNow(num);
  const box = isDict(widget) ? boxOf(numbersOf(comparison.current, widget.entries.get("Rect"))) : undefined;
  if (!isVisible(comparison, widget)) {
    return;
  }
  const page = pageOfAnnotation(comparison, num, before);
  const cover = page === undefined || box === undefined ? "unreadable" : coverOf(comparison, page, num, box);
  if (cover === "text") {
    const message = "The mark of a later signature lies over what was signed.";
    comparison.add(forbidden("changes.mark-covers", message, num));
  } else if (cover !== "nothing") {
    const message = "Whether the mark of a later signature lies over what was signed is not certain.";
    comparison.add(notJudged("other", "changes.mark-covers", message, { object: num }));
  }
}

function judgeMark(comparison: Comparison, page: number, num: number): void {
  const widget = comparison.valueNow(num);
  if (!isVisible(comparison, widget)) {
    return;
  }
  const box = isDict(widget) ? boxOf(numbersOf(comparison.current, widget.entries.get("Rect"))) : undefined;
  if (box === undefined || touchedBy(comparison, page, num, box) !== "nothing") {
    const message = "The mark of a later signature lies over what was signed.";
    comparison.add(forbidden("changes.mark-covers", message, num));
  } else if (standsBesideText(comparison, page, num, box)) {
    const message =
      "The mark of a later signature stands beside text that was signed, and may be read as a part of it.";
    comparison.add(notJudged("other", "changes.mark-beside-text", message, { object: num, page }));
  }
}

function itemsOf(comparison: Comparison, page: number): readonly PdfObject[] {
  const dict = comparison.valueNow(page);
  const list = isDict(dict) ? comparison.current.get(dict, "Annots") : null;
  return isArray(list) ? list : [];
}

/** Pages of the signed document whose list of annotations was written anew, with them or as an object of its own. */
function changedPages(comparison: Comparison): ReadonlySet<number> {
  const pages = new Set<number>();
  for (const num of comparison.overridden) {
    if (isPage(comparison.valueBefore(num))) {
      pages.add(num);
    }
    for (const { from, key } of comparison.index.usesOf(num)) {
      if (key === "Annots" && isPage(comparison.valueBefore(from))) {
        pages.add(from);
      }
    }
  }
  return pages;
}
