import { isArray, isDict, isName, isRef, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import { differingKeys } from "../object-equality.ts";
import { forbidden, notJudged } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { addedItems } from "./form-rules.ts";

/** Keys of a page that say nothing about how it looks (ISO 32000-2 table 31). */
const QUIET_KEYS: ReadonlySet<string> = new Set(["LastModified", "StructParents", "Tabs", "PieceInfo", "Metadata"]);

/** A page may only gain the widgets of new signature fields. */
export function judgePage(comparison: Comparison, num: number, page: PdfDict, newWidgets: ReadonlySet<number>): void {
  comparison.claim(num);
  const now = comparison.valueNow(num);
  if (!isDict(now)) {
    comparison.add(forbidden("changes.page", "A page was replaced by something else.", num));
    return;
  }
  for (const key of differingKeys({ file: comparison.old, dict: page }, { file: comparison.current, dict: now })) {
    if (key === "Annots") {
      continue;
    }
    comparison.add(
      QUIET_KEYS.has(key)
        ? notJudged("other", "changes.not-judged", `A page's /${key} was changed, which cannot be judged yet.`, {
            object: num,
          })
        : forbidden("changes.page", `A page's /${key} was changed after the signature.`, num),
    );
  }
  judgeAnnotations(comparison, num, page.entries.get("Annots"), now.entries.get("Annots"), newWidgets);
}

/** A list of annotations that is an object of its own and was written anew. */
export function judgeAnnotationList(comparison: Comparison, num: number, newWidgets: ReadonlySet<number>): void {
  const isPageUse = (use: { readonly from: number; readonly key: string }): boolean =>
    use.key === "Annots" && isPage(comparison.valueBefore(use.from));
  if (comparison.claimExclusive(num, isPageUse, "list of annotations")) {
    judgeItems(comparison, num, comparison.valueBefore(num), comparison.valueNow(num), newWidgets);
  }
}

export const isPage = (object: PdfObject): object is PdfDict =>
  isDict(object) && isName(object.entries.get("Type"), "Page");

function judgeAnnotations(
  comparison: Comparison,
  num: number,
  before: PdfObject | undefined,
  now: PdfObject | undefined,
  newWidgets: ReadonlySet<number>,
): void {
  const sameReference = isRef(before) && isRef(now) && before.num === now.num;
  // The same list object: when it was written anew it is judged as an object of its own.
  if (!sameReference) {
    judgeItems(comparison, num, comparison.old.resolve(before), comparison.current.resolve(now), newWidgets);
  }
}

function judgeItems(
  comparison: Comparison,
  num: number,
  before: PdfObject,
  now: PdfObject,
  newWidgets: ReadonlySet<number>,
): void {
  const odd = [before, now].some((list) => list !== null && !isArray(list));
  const added = odd ? undefined : addedItems(isArray(before) ? before : [], isArray(now) ? now : []);
  if (added === undefined) {
    const message = "Annotations of a page were removed or rearranged, which cannot be judged yet.";
    comparison.add(notJudged("annotation", "changes.annotations-removed", message, { object: num }));
    return;
  }
  if (added.some((item) => !isRef(item) || !newWidgets.has(item.num))) {
    const message = "Annotations were added to a page after the signature, which cannot be judged yet.";
    comparison.add(notJudged("annotation", "changes.annotation-added", message, { object: num }));
  }
}
