import { isArray, numberOf, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";

/** The numbers of an array; undefined stands for what is none. Empty when it is no array. */
export function numbersOf(file: PdfFile, object: PdfObject | undefined): readonly (number | undefined)[] {
  const list = file.resolve(object);
  return isArray(list) ? list.map((item) => numberOf(file.resolve(item))) : [];
}
