import {
  isDict,
  isName,
  isStream,
  numberOf,
  type PdfDict,
  type PdfObject,
  type PdfStream,
} from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { PdfProblem } from "../../../pdf/pdf-problem.ts";
import { operationsOf } from "../../drawing/content-operations.ts";

const MOST_OPERATIONS = 5000;
const MAXIMUM_DEPTH = 3;
/** In points: a line under a word. */
const WIDEST_LINE = 3;

const PATHS: ReadonlySet<string> = new Set(
  "q Q cm m l c v y h re n g G rg RG k K J j M d i ri W W* MP DP BMC EMC".split(" "),
);
const FILLS: ReadonlySet<string> = new Set("f F f* B B* b b*".split(" "));

/** The drawing of a marker leaves the text under it readable: thin lines, or areas that multiply with what is behind. */
export function isMarkerDrawing(file: PdfFile, drawing: PdfStream): boolean {
  try {
    return isClear(file, drawing, false, 0);
  } catch (error) {
    if (error instanceof PdfProblem) {
      return false;
    }
    throw error;
  }
}

function isClear(file: PdfFile, drawing: PdfStream, multiplied: boolean, depth: number): boolean {
  let multiplies = multiplied;
  if (depth > MAXIMUM_DEPTH || drawing.dict.duplicates.length > 0 || drawing.dict.entries.has("OC")) {
    return false;
  }
  for (const { operator, operands } of operationsOf(file.streamBytes(drawing), MOST_OPERATIONS)) {
    const [first] = operands;
    if (operator === "gs") {
      const state = resource(file, drawing.dict, "ExtGState", first);
      multiplies = multiplied || (isDict(state) && isName(file.get(state, "BM"), "Multiply"));
    } else if (operator === "Do") {
      const inner = resource(file, drawing.dict, "XObject", first);
      const isForm = isStream(inner) && isName(file.get(inner.dict, "Subtype"), "Form");
      if (!isForm || !isClear(file, inner, multiplies, depth + 1)) {
        return false;
      }
    } else if (operator === "w") {
      if ((numberOf(first) ?? Infinity) > WIDEST_LINE) {
        return false;
      }
    } else if (FILLS.has(operator)) {
      if (!multiplies) {
        return false;
      }
    } else if (operator !== "S" && operator !== "s" && !PATHS.has(operator)) {
      return false;
    }
  }
  return true;
}

function resource(file: PdfFile, form: PdfDict, kind: string, name: PdfObject | undefined): PdfObject {
  const resources = file.get(form, "Resources");
  const list = isDict(resources) ? file.get(resources, kind) : null;
  return isDict(list) && isName(name) ? file.get(list, name.name) : null;
}
