import { isArray, isDict, numberOf, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { nameOf } from "../pdf-text.ts";
import { numbersOf } from "./numbers.ts";

/** How wide the glyphs of a font are, in units of its size. */
export interface GlyphWidths {
  /** Bytes of one character code. */
  readonly bytes: 1 | 2;
  readonly widthOf: (code: number) => number;
}

/** ISO 32000-2 9.2.4 and 9.7.4.3. Where a font does not tell, those of a wide text face stand in. */
export function glyphWidths(file: PdfFile, font: PdfDict): GlyphWidths {
  const subtype = nameOf(file.get(font, "Subtype"));
  if (subtype === "Type0") {
    const descendants = file.get(font, "DescendantFonts");
    const descendant = isArray(descendants) ? file.resolve(descendants[0]) : null;
    return { bytes: 2, widthOf: isDict(descendant) ? compositeWidths(file, descendant) : () => 1 };
  }
  const first = numberOf(file.get(font, "FirstChar")) ?? 0;
  const widths = numbersOf(file, font.entries.get("Widths"));
  const scale = subtype === "Type3" ? Math.abs(numbersOf(file, font.entries.get("FontMatrix"))[0] ?? 0.001) : 0.001;
  const monospaced = (nameOf(file.get(font, "BaseFont")) ?? "").includes("Courier");
  return {
    bytes: 1,
    widthOf: (code) => {
      const width = widths[code - first];
      return width === undefined ? (monospaced ? 0.6 : usualWidth(code)) : width * scale;
    },
  };
}

/** Of Helvetica, by and large: rather too wide than too narrow for other faces. */
function usualWidth(code: number): number {
  const sign = String.fromCharCode(code);
  if (/[WM@%]/u.test(sign)) {
    return 0.95;
  }
  if (/[A-Zmw]/u.test(sign)) {
    return 0.72;
  }
  return /[ .,:;!'|iljIt/()[\]\\f-]/u.test(sign) ? 0.3 : 0.556;
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly width: number;
}

/** SECURITY: a list of widths can be as long as a file. */
const MOST_ENTRIES = 70_000;

function compositeWidths(file: PdfFile, font: PdfDict): (code: number) => number {
  const single = new Map<number, number>();
  const ranges: Range[] = [];
  const usual = (numberOf(file.get(font, "DW")) ?? 1000) / 1000;
  const list = file.get(font, "W");
  const items = isArray(list) ? list.slice(0, MOST_ENTRIES).map((item) => file.resolve(item)) : [];
  for (let index = 0; index + 1 < items.length;) {
    const first = numberOf(items[index]);
    const second: PdfObject = items[index + 1] ?? null;
    if (first === undefined) {
      break;
    }
    if (isArray(second)) {
      for (const [offset, width] of second.slice(0, MOST_ENTRIES).entries()) {
        single.set(first + offset, (numberOf(file.resolve(width)) ?? 1000) / 1000);
      }
      index += 2;
    } else {
      const [last, width] = [numberOf(second), numberOf(items[index + 2])];
      if (last === undefined || width === undefined) {
        break;
      }
      ranges.push({ first, last, width: width / 1000 });
      index += 3;
    }
  }
  const known = new Map(single);
  return (code) => {
    const width = known.get(code) ?? ranges.find(({ first, last }) => code >= first && code <= last)?.width ?? usual;
    known.set(code, width);
    return width;
  };
}
