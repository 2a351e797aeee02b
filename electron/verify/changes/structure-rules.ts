import { isArray, isDict, isName, isRef, numberOf, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { differingKeys, sameObject } from "../object-equality.ts";
import { notJudged } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { addedItems } from "./form-rules.ts";

/**
 * The structure tree of a tagged document (ISO 32000-2 14.7): a new signature field may be hung into it, as tools do
 * that keep a document accessible. Sample: iText's signatures on tagged files.
 */
export function judgeStructure(
  comparison: Comparison,
  num: number,
  before: PdfDict,
  newWidgets: ReadonlySet<number>,
): void {
  comparison.claim(num);
  const now = comparison.valueNow(num);
  const explained = isDict(now) && isGrowth(comparison, before, now, newWidgets);
  if (explained) {
    comparison.bookkeeping("changes.structure", "A new signature field was added to the document's structure.", num);
    return;
  }
  const message = "The document's structure tree was changed, which cannot be judged yet.";
  comparison.add(notJudged("other", "changes.not-judged", message, { object: num }));
}

function isGrowth(comparison: Comparison, before: PdfDict, now: PdfDict, newWidgets: ReadonlySet<number>): boolean {
  const { old, current } = comparison;
  return differingKeys({ file: old, dict: before }, { file: current, dict: now }).every((key) => {
    switch (key) {
      case "K":
        return kidsGrow(comparison, before, now, newWidgets);
      case "ParentTree":
        return parentTreeGrows(comparison, before, now);
      case "ParentTreeNextKey":
        return isName(before.entries.get("Type"), "StructTreeRoot");
      default:
        return false;
    }
  });
}

function kidsGrow(comparison: Comparison, before: PdfDict, now: PdfDict, newWidgets: ReadonlySet<number>): boolean {
  const added = addedItems(
    asList(comparison.old, before.entries.get("K")),
    asList(comparison.current, now.entries.get("K")),
  );
  return (
    added !== undefined &&
    added.every((item) => isElementOfWidget(comparison, item, newWidgets) || isElementOfPage(comparison, item))
  );
}

/** A single kid need not stand in an array. */
export function asList(file: PdfFile, value: PdfObject | undefined): readonly PdfObject[] {
  const resolved = file.resolve(value);
  if (isArray(resolved)) {
    return resolved;
  }
  return value === undefined || resolved === null ? [] : [value];
}

/** A new structure element whose only content is the widget of a new signature. */
function isElementOfWidget(comparison: Comparison, item: PdfObject, newWidgets: ReadonlySet<number>): boolean {
  const element = comparison.current.resolve(item);
  if (!isRef(item) || !comparison.added.has(item.num) || !isDict(element)) {
    return false;
  }
  return asList(comparison.current, element.entries.get("K")).every((kid) => {
    const content = comparison.current.resolve(kid);
    const target = isDict(content) ? content.entries.get("Obj") : undefined;
    return (
      isDict(content) && isName(content.entries.get("Type"), "OBJR") && isRef(target) && newWidgets.has(target.num)
    );
  });
}

/** What an element about text says (ISO 32000-2 table 355). */
const ELEMENT_KEYS: ReadonlySet<string> = new Set(["Type", "S", "P", "Pg", "K", "Lang", "T", "ID"]);
/** SECURITY: elements can lead back to themselves. */
const DEEPEST_ELEMENT = 20;

/** A new structure element that holds nothing but marked content of pages that were appended with it. */
function isElementOfPage(comparison: Comparison, item: PdfObject, depth = 0): boolean {
  const element = comparison.current.resolve(item);
  const page = isDict(element) ? element.entries.get("Pg") : undefined;
  return (
    depth < DEEPEST_ELEMENT &&
    isRef(item) &&
    comparison.added.has(item.num) &&
    isDict(element) &&
    [...element.entries.keys()].every((key) => ELEMENT_KEYS.has(key)) &&
    isRef(page) &&
    comparison.appendedPages.has(page.num) &&
    asList(comparison.current, element.entries.get("K")).every(
      (kid) => typeof kid === "number" || isElementOfPage(comparison, kid, depth + 1),
    )
  );
}

function parentTreeGrows({ old, current }: Comparison, before: PdfDict, now: PdfDict): boolean {
  const left = old.get(before, "ParentTree");
  const right = current.get(now, "ParentTree");
  return isDict(left) && isDict(right) && numbersGrow(old, left, current, right);
}

/** The number tree keeps all it had and gains later numbers (only the flat form is understood). */
export function numbersGrow(old: PdfFile, left: PdfDict, current: PdfFile, right: PdfDict): boolean {
  if (left.entries.has("Kids") || right.entries.has("Kids")) {
    return false;
  }
  const kept = asList(old, left.entries.get("Nums"));
  const all = asList(current, right.entries.get("Nums"));
  const numbers = all.filter((_, index) => index % 2 === 0).map((number) => numberOf(current.resolve(number)));
  // SECURITY: a number that stands twice would give one part of a page to two elements.
  if (
    numbers.some((number, index) => number === undefined || (index > 0 && number <= (numbers[index - 1] ?? number)))
  ) {
    return false;
  }
  // An entry may move to another object, if that says the same.
  return kept.every(
    (item, index) =>
      sameObject({ file: old, object: item }, { file: current, object: all[index] }) ||
      sameObject({ file: old, object: old.resolve(item) }, { file: current, object: current.resolve(all[index]) }),
  );
}
