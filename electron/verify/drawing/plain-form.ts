import { isDict, isName, numberOf, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { Unclear } from "./unclear.ts";

const DEFAULT_SPACES = ["DefaultGray", "DefaultRGB", "DefaultCMYK"];

/** The resources of a form (ISO 32000-2 8.10) that shows what its operators say; throws `Unclear` for any other one. */
export function plainResources(file: PdfFile, form: PdfDict): PdfDict | undefined {
  if (form.duplicates.length > 0 || ["OC", "Ref", "Group", "F"].some((key) => hidesGroup(file, form, key))) {
    throw new Unclear("it depends on something else");
  }
  const resources = file.get(form, "Resources");
  // SECURITY: such an entry says that "0 g" is another colour than black (ISO 32000-2 8.6.5.6).
  const spaces = isDict(resources) ? file.get(resources, "ColorSpace") : null;
  if (spaces !== null && !(isDict(spaces) && DEFAULT_SPACES.every((name) => !spaces.entries.has(name)))) {
    throw new Unclear("it uses unusual colours");
  }
  return isDict(resources) ? resources : undefined;
}

/** A transparency group without entries that change how it is put on the page is as good as none. */
function hidesGroup(file: PdfFile, dict: PdfDict, key: string): boolean {
  const value = file.get(dict, key);
  return key === "Group" ? value !== null && !isDict(value) : value !== null;
}

/** As written, perhaps a reference. */
export function namedResource(
  file: PdfFile,
  resources: PdfDict | undefined,
  kind: string,
  name: string,
): PdfObject | undefined {
  const list = resources === undefined ? null : file.get(resources, kind);
  return isDict(list) && list.duplicates.length === 0 ? list.entries.get(name) : undefined;
}

/** ISO 32000-2 table 57: entries of an extended graphics state that leave text as it is. */
const HARMLESS_STATE: ReadonlySet<string> = new Set(["Type", "SA", "OPM", "AIS", "TK", "RI"]);

/** The width of lines that an extended graphics state sets, if it does; throws `Unclear` when it does anything else. */
export function plainState(file: PdfFile, dict: PdfObject): number | undefined {
  let lineWidth: number | undefined;
  const isHarmless =
    isDict(dict) &&
    dict.duplicates.length === 0 &&
    [...dict.entries.keys()].every((key) => {
      const value = file.get(dict, key);
      switch (key) {
        case "CA":
        case "ca":
          return value === 1;
        // SECURITY: with overprinting, white prints nothing.
        case "OP":
        case "op":
          return value === false;
        case "LW":
          lineWidth = numberOf(value) ?? Number.NaN;
          return lineWidth >= 0;
        case "BM":
          return isName(value, "Normal") || isName(value, "Compatible");
        case "SMask":
          return isName(value, "None");
        default:
          return HARMLESS_STATE.has(key);
      }
    });
  if (!isHarmless) {
    throw new Unclear("it is transparent or blended");
  }
  return lineWidth;
}
