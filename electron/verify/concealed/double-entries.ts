import { isArray, isDict, isStream, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile, PdfPage } from "../../pdf/pdf-file.ts";

/**
 * ISO 32000-2 7.3.7: "Multiple entries in the same dictionary shall not have the same key"; some readers take the first
 * one, others the last. Is what this page shows written so?
 */
export function doubleEntry(file: PdfFile, page: PdfPage): boolean {
  const annotations = file.get(page.dict, "Annots");
  return (
    SHOWN_BY_PAGE.some((key) => page.dict.duplicates.includes(key)) ||
    (page.resources !== undefined && inResources(file, page.resources)) ||
    (isArray(annotations) ? annotations.slice(0, MOST) : []).some((item) => inAnnotation(file, file.resolve(item)))
  );
}

const MOST = 1000;
const SHOWN_BY_PAGE = ["Contents", "Resources", "MediaBox", "CropBox", "Rotate", "Annots", "UserUnit"];
const SHOWN_BY_ANNOTATION = ["AP", "AS", "V", "Rect", "F", "OC", "Subtype", "Parent"];
const NAMED = ["XObject", "Font", "ExtGState", "Properties", "Pattern", "ColorSpace", "Shading"];

function inResources(file: PdfFile, resources: PdfDict): boolean {
  return NAMED.some((kind) => {
    const list = file.get(resources, kind);
    return resources.duplicates.includes(kind) || (isDict(list) && list.duplicates.length > 0);
  });
}

function inAnnotation(file: PdfFile, annotation: PdfObject): boolean {
  if (!isDict(annotation)) {
    return false;
  }
  const appearance = file.get(annotation, "AP");
  const normal = isDict(appearance) ? file.get(appearance, "N") : null;
  return (
    SHOWN_BY_ANNOTATION.some((key) => annotation.duplicates.includes(key)) ||
    (isDict(appearance) && appearance.duplicates.includes("N")) ||
    (isDict(normal) && !isStream(normal) && normal.duplicates.length > 0)
  );
}
