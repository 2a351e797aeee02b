import { isArray, isDict, isName, isRef, type PdfObject } from "../../../pdf/objects.ts";
import { allowed, type Change, notJudged } from "../change.ts";
import type { Comparison } from "../comparison.ts";
import { isComment, judgeComment, uncovers } from "./judge-comment.ts";

const isPage = (object: PdfObject): boolean => isDict(object) && isName(object.entries.get("Type"), "Page");

/** A list of annotations that is an object of its own and was written anew. */
export function judgeAnnotationList(comparison: Comparison, num: number, newWidgets: ReadonlySet<number>): void {
  const uses = comparison.index.usesOf(num);
  const isPageUse = (use: { readonly from: number; readonly key: string }): boolean =>
    use.key === "Annots" && isPage(comparison.valueBefore(use.from));
  if (comparison.claimExclusive(num, isPageUse, "list of annotations")) {
    const page = uses.length === 1 ? uses[0]?.from : undefined;
    judgeItems(comparison, page, num, comparison.valueBefore(num), comparison.valueNow(num), newWidgets);
  }
}

/** /Annots of a page that was written anew. */
export function judgeAnnotations(
  comparison: Comparison,
  page: number,
  before: PdfObject | undefined,
  now: PdfObject | undefined,
  newWidgets: ReadonlySet<number>,
): void {
  const sameReference = isRef(before) && isRef(now) && before.num === now.num;
  // The same list object: when it was written anew it is judged as an object of its own.
  if (!sameReference) {
    judgeItems(comparison, page, page, comparison.old.resolve(before), comparison.current.resolve(now), newWidgets);
  }
}

function judgeItems(
  comparison: Comparison,
  page: number | undefined,
  object: number,
  before: PdfObject,
  now: PdfObject,
  newWidgets: ReadonlySet<number>,
): void {
  const odd = [before, now].some((list) => list !== null && !isArray(list));
  const difference = odd ? undefined : differenceOf(isArray(before) ? before : [], isArray(now) ? now : []);
  const place = { object, ...(page === undefined ? {} : { page }) };
  if (
    difference === undefined ||
    difference.removed.some((item) => !isComment(comparison.old, comparison.old.resolve(item)))
  ) {
    const message = "Annotations of a page were removed or rearranged, which cannot be judged yet.";
    comparison.add(notJudged("annotation", "changes.annotations-removed", message, place));
    return;
  }
  for (const item of difference.removed) {
    comparison.add(judgeRemoved(comparison, page, item, place));
  }
  for (const item of difference.added) {
    if (isRef(item) && newWidgets.has(item.num)) {
      continue;
    }
    const annotation = comparison.current.resolve(item);
    if (page !== undefined && isRef(item) && comparison.added.has(item.num) && isDict(annotation)) {
      comparison.add(judgeComment(comparison, page, item.num, annotation, "added"));
    } else {
      const message = "Annotations were added to a page after the signature, which cannot be judged yet.";
      comparison.add(notJudged("annotation", "changes.annotation-added", message, place));
    }
  }
}

function judgeRemoved(
  comparison: Comparison,
  page: number | undefined,
  item: PdfObject,
  place: { readonly object: number; readonly page?: number },
): Change {
  const annotation = comparison.old.resolve(item);
  const isOpen = page === undefined || !isDict(annotation) || !isRef(item);
  if (isOpen || uncovers(comparison, page, item.num, annotation)) {
    const message = "An annotation was removed that lay over signed content.";
    return { ...notJudged("annotation", "changes.covers-content", message, place), covers: true };
  }
  return allowed("annotation", "changes.annotations-removed", "A comment was removed from a page.", place);
}

interface Difference {
  readonly added: readonly PdfObject[];
  readonly removed: readonly PdfObject[];
}

/** What was added and removed; undefined when what is left has another order, or stands there twice. */
function differenceOf(before: readonly PdfObject[], now: readonly PdfObject[]): Difference | undefined {
  const keysBefore = new Set(before.map(keyOf));
  const keysNow = new Set(now.map(keyOf));
  const kept = before.map(keyOf).filter((key) => keysNow.has(key));
  const stayed = now.map(keyOf).filter((key) => keysBefore.has(key));
  if (
    kept.length !== stayed.length ||
    kept.some((key, index) => key !== stayed[index]) ||
    keysNow.size !== now.length
  ) {
    return undefined;
  }
  return {
    added: now.filter((item) => !keysBefore.has(keyOf(item))),
    removed: before.filter((item) => !keysNow.has(keyOf(item))),
  };
}

/** A dictionary within the list is the same only when the parser gave the same one. */
const keyOf = (item: PdfObject): unknown => (isRef(item) ? `${item.num} ${item.gen}` : item);
