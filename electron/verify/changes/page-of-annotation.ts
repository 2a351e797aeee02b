import { isArray, isDict, isRef, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { Comparison } from "./comparison.ts";

/**
 * The page of the signed revision that shows an annotation; undefined when it is not certain. SECURITY: /P is what the
 * annotation says; the page's list is what readers draw. One that two pages list stands in a place that nobody checks.
 */
export function pageOfAnnotation(comparison: Comparison, num: number, annotation: PdfDict): number | undefined {
  const { old } = comparison;
  const named = annotation.entries.get("P");
  const uses = comparison.index.usesOf(num);
  const pages = new Set(uses.filter(({ key }) => key === "Annots").map(({ from }) => from));
  if (isRef(named) && lists(comparison, named.num, num)) {
    pages.add(named.num);
  }
  const [page] = pages;
  if (page === undefined || pages.size > 1 || !lists(comparison, page, num)) {
    return undefined;
  }
  const form = old.get(old.catalog, "AcroForm");
  const parent = old.get(annotation, "Parent");
  const ownLists = [
    listReference(comparison.valueBefore(page), "Annots"),
    listReference(form, "Fields"),
    listReference(form, "CO"),
    listReference(parent, "Kids"),
  ];
  const isElsewhere = uses.some(
    ({ from, key }) => key === "" && !ownLists.includes(from) && isListOfAnnotations(comparison, from),
  );
  return isElsewhere ? undefined : page;
}

function lists(comparison: Comparison, page: number, num: number): boolean {
  const dict = comparison.valueBefore(page);
  const list = isDict(dict) ? comparison.old.get(dict, "Annots") : null;
  return isArray(list) && list.some((item) => isRef(item) && item.num === num);
}

function listReference(dict: PdfObject, key: string): number | undefined {
  const value = isDict(dict) ? dict.entries.get(key) : undefined;
  return isRef(value) ? value.num : undefined;
}

function isListOfAnnotations(comparison: Comparison, num: number): boolean {
  const list = comparison.valueBefore(num);
  return (
    isArray(list) &&
    list.some((item) => {
      const annotation = comparison.old.resolve(item);
      return isDict(annotation) && annotation.entries.has("Rect");
    })
  );
}
