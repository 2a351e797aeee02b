import { isArray, isDict, isName, numberOf, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { fontText } from "./font-text.ts";
import { numbersOf } from "./numbers.ts";
import { nameOf } from "../pdf-text.ts";
import { standardWidth } from "./standard-widths.ts";

/** How far the signs of a font reach, and which ones they are. */
export interface FontMetrics {
  /** Bytes of one code. */
  readonly bytes: 1 | 2;
  /** Written downwards (ISO 32000-2 9.7.4.3), each sign as high as the font's size. */
  readonly downwards: boolean;
  readonly glyph: (code: number) => Glyph;
}

export interface Glyph {
  /** In units of the font's size. */
  readonly width: number;
  /** The sign; its code where the font does not say which one it is. */
  readonly text: string;
  /** A person has to read it: lines to write on (underscores, dots), blanks and ornaments are none. */
  readonly isSign: boolean;
}

const MEANINGFUL = /[\p{L}\p{N}\p{Sc}]/u;
const SPACE = 32;

/** Looks each code up once: a text has thousands of the same few. */
function remembered(
  bytes: 1 | 2,
  widthOf: (code: number) => number,
  characterOf: (code: number) => string | undefined,
  downwards = false,
): FontMetrics {
  const known = new Map<number, Glyph>();
  const glyph = (code: number): Glyph => {
    const found = known.get(code);
    if (found !== undefined) {
      return found;
    }
    const character = characterOf(code);
    const isSign = character === undefined ? bytes === 2 || code !== SPACE : MEANINGFUL.test(character);
    const looked = { width: widthOf(code), text: character ?? String(code), isSign };
    known.set(code, looked);
    return looked;
  };
  return { bytes, downwards, glyph };
}

/** SECURITY: entries of a /W array that are looked at; the largest fonts have 65,536 glyphs. */
const MAXIMUM_WIDTHS = 140_000;
const MAXIMUM_CODE = 0xffff;

/** ISO 32000-2 9.6, 9.7. Undefined for a dictionary that cannot be read. */
export function fontMetrics(file: PdfFile, font: PdfDict): FontMetrics | undefined {
  try {
    const subtype = nameOf(file.get(font, "Subtype"));
    return subtype === "Type0" ? compositeMetrics(file, font) : simpleMetrics(file, font, subtype);
  } catch (error) {
    if (error instanceof PdfProblem) {
      return undefined;
    }
    throw error;
  }
}

function charactersOf(file: PdfFile, font: PdfDict): (code: number) => string | undefined {
  try {
    const text = fontText(file, font);
    return (code) => text?.characterOf(code);
  } catch (error) {
    if (error instanceof PdfProblem) {
      return () => undefined;
    }
    throw error;
  }
}

function simpleMetrics(file: PdfFile, font: PdfDict, subtype: string | undefined): FontMetrics {
  const characterOf = charactersOf(file, font);
  const list = file.get(font, "Widths");
  if (!isArray(list)) {
    const standard = standardWidth(nameOf(file.get(font, "BaseFont")) ?? "");
    return remembered(1, (code) => standard(code) / 1000, characterOf);
  }
  const first = numberOf(file.get(font, "FirstChar")) ?? 0;
  const descriptor = file.get(font, "FontDescriptor");
  const missing = isDict(descriptor) ? (numberOf(file.get(descriptor, "MissingWidth")) ?? 0) : 0;
  // ISO 32000-2 9.6.4: a font of drawings has a space of its own.
  const scale = subtype === "Type3" ? (numbersOf(file, font.entries.get("FontMatrix"))[0] ?? 0.001) : 0.001;
  const widths = list.slice(0, 256).map((item) => numberOf(file.resolve(item)));
  return remembered(1, (code) => (widths[code - first] ?? missing) * scale, characterOf);
}

function compositeMetrics(file: PdfFile, font: PdfDict): FontMetrics | undefined {
  const encoding = file.get(font, "Encoding");
  const descendants = file.get(font, "DescendantFonts");
  const descendant = isArray(descendants) ? file.resolve(descendants[0]) : null;
  if (!isDict(descendant)) {
    return undefined;
  }
  const standard = numberOf(file.get(descendant, "DW")) ?? 1000;
  // Only this encoding says which glyph a code is without a table of the reader.
  const widths =
    isName(encoding) && encoding.name.startsWith("Identity-")
      ? compositeWidths(file, file.get(descendant, "W"))
      : new Map();
  return remembered(
    2,
    (code) => (widths.get(code) ?? standard) / 1000,
    charactersOf(file, font),
    isName(encoding) && encoding.name.endsWith("V"),
  );
}

/** ISO 32000-2 9.7.4.3: "c [w1 w2 …]" and "cFirst cLast w". */
function compositeWidths(file: PdfFile, list: PdfObject): ReadonlyMap<number, number> {
  const widths = new Map<number, number>();
  const items = isArray(list) ? list : [];
  for (let index = 0; index < items.length && widths.size < MAXIMUM_WIDTHS;) {
    const first = numberOf(file.resolve(items[index])) ?? 0;
    const second = file.resolve(items[index + 1]);
    if (isArray(second)) {
      for (const [offset, item] of second.slice(0, MAXIMUM_CODE).entries()) {
        widths.set(first + offset, numberOf(file.resolve(item)) ?? 0);
      }
      index += 2;
    } else {
      const last = Math.min(numberOf(second) ?? -1, MAXIMUM_CODE);
      const width = numberOf(file.resolve(items[index + 2])) ?? 0;
      for (let code = Math.max(0, first); code <= last && widths.size < MAXIMUM_WIDTHS; code += 1) {
        widths.set(code, width);
      }
      index += 3;
    }
  }
  return widths;
}
