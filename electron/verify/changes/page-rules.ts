import { isDict, isName, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import { differingKeys } from "../object-equality.ts";
import { judgeAnnotations } from "./annotations/annotation-list.ts";
import { forbidden, notJudged } from "./change.ts";
import type { Comparison } from "./comparison.ts";

/** Keys of a page that say nothing about how it looks (ISO 32000-2 table 31). */
const QUIET_KEYS: ReadonlySet<string> = new Set(["LastModified", "StructParents", "Tabs", "PieceInfo", "Metadata"]);

/** A page may only gain annotations: the widgets of new signature fields, and comments. */
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
    if (key === "Tabs" && tellsTabOrder(page, now)) {
      comparison.bookkeeping(
        "changes.tab-order",
        "A page was told to be stepped through in its structure's order.",
        num,
      );
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

/** PDF/UA wants it of a page that gets its first field (ISO 14289-1 7.18.3); nobody sees it. */
const tellsTabOrder = (before: PdfDict, now: PdfDict): boolean =>
  !before.entries.has("Tabs") && isName(now.entries.get("Tabs"), "S");

export const isPage = (object: PdfObject): object is PdfDict =>
  isDict(object) && isName(object.entries.get("Type"), "Page");
