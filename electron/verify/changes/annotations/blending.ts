import { isDict, isName, type PdfObject } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";

/** ISO 32000-2 table 57: entries that do not change where or how a marker shows. */
const HARMLESS: ReadonlySet<string> = new Set(["Type", "CA", "ca", "AIS", "SA", "OP", "op", "OPM", "TK", "RI"]);

/** What a graphics state does to blending; undefined when it does anything that no marker needs. */
export function blendingOf(file: PdfFile, state: PdfObject): "multiply" | "normal" | "unchanged" | undefined {
  if (!isDict(state) || state.duplicates.length > 0) {
    return undefined;
  }
  const isPlain = [...state.entries.keys()].every(
    (key) => key === "BM" || HARMLESS.has(key) || (key === "SMask" && isName(file.get(state, key), "None")),
  );
  const mode = file.get(state, "BM");
  if (!isPlain || (mode !== null && !isName(mode))) {
    return undefined;
  }
  if (mode === null) {
    return "unchanged";
  }
  return mode.name === "Multiply" ? "multiply" : "normal";
}
