import { isDict, isRef, isStream, type PdfDict } from "../../../pdf/objects.ts";
import { differingKeys } from "../../object-equality.ts";
import { nameOf } from "../../pdf-text.ts";
import { notJudged } from "../change.ts";
import type { Comparison } from "../comparison.ts";
import { pageOfAnnotation } from "../page-of-annotation.ts";
import { isComment, judgeComment, uncovers } from "./judge-comment.ts";

/** Keys under which honest documents refer to a comment; "" is an array that is an object of its own. */
const COMMENT_USES: ReadonlySet<string> = new Set(["", "Annots", "Popup", "Parent", "IRT", "Obj", "K", "Nums"]);

/** A comment of the signed revision that has another content now: its kind stays, and it must not cover anything new. */
export function judgeChangedComment(comparison: Comparison, num: number, before: PdfDict): void {
  const { old, current } = comparison;
  const now = comparison.valueNow(num);
  const page = pageOfAnnotation(comparison, num, before);
  const sameKind = isDict(now) && nameOf(old.get(before, "Subtype")) === nameOf(current.get(now, "Subtype"));
  if (!isDict(now) || !sameKind || !isComment(old, before) || page === undefined) {
    const message = "An annotation was changed after the signature, which cannot be judged yet.";
    comparison.add(notJudged("annotation", "changes.annotation-changed", message, { object: num }));
    return;
  }
  comparison.claimExclusive(num, (use) => COMMENT_USES.has(use.key), "annotation");
  claimDrawing(comparison, num, before);
  if (uncovers(comparison, page, num, before)) {
    const message = "An annotation was changed that lay over signed content.";
    comparison.add({
      ...notJudged("annotation", "changes.covers-content", message, { object: num, page }),
      covers: true,
    });
    return;
  }
  const keys = differingKeys({ file: old, dict: before }, { file: current, dict: now });
  comparison.add(
    keys.includes("P")
      ? notJudged("annotation", "changes.annotation-changed", "A comment was moved to another page.", { object: num })
      : judgeComment(comparison, page, num, now, "changed"),
  );
}

/** The drawing may be written anew in place, if nothing else uses it. */
function claimDrawing(comparison: Comparison, num: number, before: PdfDict): void {
  const direct = before.entries.get("AP");
  const appearance = comparison.old.resolve(direct);
  const normal = isDict(appearance) ? appearance.entries.get("N") : undefined;
  const numbers = new Set([direct, normal].flatMap((item) => (isRef(item) ? [item.num] : [])));
  for (const drawing of numbers) {
    const value = comparison.valueBefore(drawing);
    if (comparison.overridden.has(drawing) && (isDict(value) || isStream(value))) {
      comparison.claimExclusive(
        drawing,
        (use) => (use.from === num && use.key === "AP") || (numbers.has(use.from) && use.key === "N"),
        "drawing of an annotation",
      );
    }
  }
}
