import { isDict, isStream, isString, type PdfDict } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { latin1 } from "../../../pdf/characters.ts";
import { textOf } from "../../pdf-text.ts";
import { inherited } from "./filled-field.ts";

/** The field's format action (ISO 32000-2 table 199, /F): a script that decides how the value looks. */
function formatScript(file: PdfFile, field: PdfDict): string | undefined {
  const actions = inherited(file, field, "AA");
  const format = isDict(actions) ? file.get(actions, "F") : null;
  const script = isDict(format) ? file.get(format, "JS") : null;
  if (isString(script)) {
    return textOf(script);
  }
  return isStream(script) ? latin1(file.streamBytes(script)) : undefined;
}

export const hasFormat = (file: PdfFile, field: PdfDict): boolean => formatScript(file, field) !== undefined;

/** One call of the functions that Acrobat's form editor writes for numbers, and nothing else: decimals, separator style. */
const NUMBERS = /^\s*AFNumber_Format\s*\(\s*\d+\s*,\s*([0-4])\b[^()]*\)\s*;?\s*$/u;

/**
 * The decimal sign with which the form writes a number: styles 0, 1 and 4 have a point, 2 and 3 a comma. Undefined when the
 * form does something else with the value. The script is never run.
 */
export function decimalSignOf(file: PdfFile, field: PdfDict): "." | "," | undefined {
  const style = NUMBERS.exec(formatScript(file, field) ?? "")?.[1];
  if (style === undefined) {
    return undefined;
  }
  return style === "2" || style === "3" ? "," : ".";
}
