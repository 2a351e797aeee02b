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

/** One call of the functions that Acrobat's form editor writes for numbers, and nothing else. */
const NUMBERS = /^\s*AF(?:Number|Percent)_Format\s*\([^()]*\)\s*;?\s*$/u;

/** The script is never run: that a number is shown, rounded and with its separators, is known from its name. */
export const isNumberFormat = (file: PdfFile, field: PdfDict): boolean => NUMBERS.test(formatScript(file, field) ?? "");
