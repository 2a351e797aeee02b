import { isString, type PdfObject } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { decodeTextString } from "../../../pdf/text-string.ts";

/** The text of a value; empty for none, undefined when it is no plain text. */
export const textValue = (file: PdfFile, value: PdfObject): string | undefined => {
  const resolved = file.resolve(value);
  if (resolved === null) {
    return "";
  }
  return isString(resolved) ? decodeTextString(resolved.bytes) : undefined;
};
