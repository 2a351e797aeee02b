import { isArray, isDict, numberOf, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import { boxOf, clipBox, LETTER, rotationOf } from "../../pdf/page-geometry.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import type { TextBox } from "../drawing/page-content.ts";

/** SECURITY: a /Parent chain can run in a circle. */
const MAXIMUM_PARENTS = 50;

/** An entry that pages inherit (ISO 32000-2 7.7.3.4). */
function inherited(file: PdfFile, page: PdfDict, key: string): PdfObject {
  let node: PdfObject = page;
  for (let depth = 0; isDict(node) && depth < MAXIMUM_PARENTS; depth += 1) {
    if (node.entries.has(key)) {
      return file.get(node, key);
    }
    node = file.get(node, "Parent");
  }
  return null;
}

/** What readers show of a page. */
export function shownBox(file: PdfFile, page: PdfDict): TextBox {
  const read = (key: string) => {
    const value = inherited(file, page, key);
    return isArray(value) ? boxOf(value, (object) => file.resolve(object)) : undefined;
  };
  const media = read("MediaBox") ?? LETTER;
  return clipBox(read("CropBox") ?? media, media);
}

export const pageRotation = (file: PdfFile, page: PdfDict): number =>
  rotationOf(numberOf(inherited(file, page, "Rotate")));
