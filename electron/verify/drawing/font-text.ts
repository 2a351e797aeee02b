import { isArray, isDict, isName, isStream, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { nameOf } from "../pdf-text.ts";
import { textOfGlyphName } from "./glyph-names.ts";
import { type BaseEncoding, characterOf, isBaseEncoding } from "./simple-encodings.ts";
import { readToUnicode, type ToUnicode } from "./to-unicode.ts";

/** How the strings of a font read; undefined where what a reader sees is not certain. */
export interface FontText {
  /** Bytes of one character code. */
  readonly width: 1 | 2;
  readonly characterOf: (code: number) => string | undefined;
  /** Its glyphs come with it, so their shapes are whatever they are. */
  readonly embedded: boolean;
}

const SIMPLE: ReadonlySet<string> = new Set(["Type1", "MMType1", "TrueType"]);

/** Families whose glyphs are no letters, as readers substitute them. */
const PICTURES = /symbol|dingbat|webding|wingding|ornament|marlett|bookshelf/iu;

/**
 * Reads a font of an appearance (ISO 32000-2 9.6, 9.7). Undefined for fonts whose codes cannot be turned into the text
 * that a person sees: Type 3 (glyphs are drawings), picture fonts, unknown encodings. Throws `PdfProblem`.
 */
export function fontText(file: PdfFile, font: PdfDict): FontText | undefined {
  const subtype = nameOf(file.get(font, "Subtype")) ?? "";
  if (font.duplicates.length > 0) {
    return undefined;
  }
  if (subtype === "Type0") {
    return compositeFont(file, font);
  }
  return SIMPLE.has(subtype) ? simpleFont(file, font, subtype) : undefined;
}

function compositeFont(file: PdfFile, font: PdfDict): FontText | undefined {
  const encoding = file.get(font, "Encoding");
  const unicode = toUnicodeOf(file, font);
  // SECURITY: without its glyphs, the numbers of glyphs mean what the reader's own font has there.
  if (!isName(encoding, "Identity-H") || unicode === undefined || !hasGlyphs(file, descendantOf(file, font))) {
    return undefined;
  }
  return { width: 2, characterOf: (code) => unicode.get(code), embedded: true };
}

function descendantOf(file: PdfFile, font: PdfDict): PdfObject {
  const descendants = file.get(font, "DescendantFonts");
  return isArray(descendants) ? file.resolve(descendants[0]) : null;
}

function hasGlyphs(file: PdfFile, font: PdfObject): boolean {
  const descriptor = isDict(font) ? file.get(font, "FontDescriptor") : null;
  return isDict(descriptor) && ["FontFile", "FontFile2", "FontFile3"].some((key) => descriptor.entries.has(key));
}

function toUnicodeOf(file: PdfFile, font: PdfDict): ToUnicode | undefined {
  const map = file.get(font, "ToUnicode");
  return isStream(map) ? readToUnicode(file.streamBytes(map)) : undefined;
}

function simpleFont(file: PdfFile, font: PdfDict, subtype: string): FontText | undefined {
  const embedded = hasGlyphs(file, font);
  if (!embedded && PICTURES.test(nameOf(file.get(font, "BaseFont")) ?? "symbol")) {
    return undefined;
  }
  const encoding = file.get(font, "Encoding");
  const unicode = toUnicodeOf(file, font);
  const base = baseOf(file, encoding, embedded);
  if (base === undefined && !isDict(encoding)) {
    // The font's own encoding, which only its map to Unicode tells.
    return unicode === undefined ? undefined : { width: 1, characterOf: (code) => unicode.get(code), embedded };
  }
  const differences = isDict(encoding) ? differencesOf(file, encoding) : new Map<number, string | undefined>();
  // A TrueType font with differences may take the glyph by number or by name.
  if (differences === undefined || (embedded && subtype === "TrueType" && differences.size > 0 && base === undefined)) {
    return undefined;
  }
  if (!embedded && renamesLetters(differences)) {
    return undefined;
  }
  const characterAt = (code: number): string | undefined => {
    const shown = differences.has(code)
      ? differences.get(code)
      : base === undefined
        ? undefined
        : characterOf(base, code);
    const said = unicode?.get(code);
    // SECURITY: a map that says something else than the glyph's name makes a copy differ from what is seen.
    return said !== undefined && shown !== undefined && !isSameSign(said, shown) ? undefined : shown;
  };
  return { width: 1, characterOf: characterAt, embedded };
}

/**
 * SECURITY: a face of the reader's own whose "1" is called "nine" shows one in readers that take symbolic fonts as they are
 * (ISO 32000-2 9.6.5.4) and nine in others. All encodings agree on ASCII but for two quotation marks.
 */
function renamesLetters(differences: ReadonlyMap<number, string | undefined>): boolean {
  return [...differences].some(([code, text]) => {
    const isRenamed = text !== undefined && text !== String.fromCharCode(code);
    const isAscii = code >= 0x20 && code < 0x7f && code !== 0x27 && code !== 0x60;
    return isRenamed && (isAscii || /^[0-9A-Za-z]$/u.test(text));
  });
}

const isSameSign = (a: string, b: string): boolean => a.normalize("NFKC") === b.normalize("NFKC");

/** ISO 32000-2 9.6.5: without /Encoding a font that is not embedded has the standard one, another font its own. */
function baseOf(file: PdfFile, encoding: PdfObject, embedded: boolean): BaseEncoding | undefined {
  const name = isDict(encoding) ? nameOf(file.get(encoding, "BaseEncoding")) : nameOf(encoding);
  if (isBaseEncoding(name)) {
    return name;
  }
  return name === undefined && !embedded ? "StandardEncoding" : undefined;
}

/** /Differences: a number starts a run of glyph names. */
function differencesOf(file: PdfFile, encoding: PdfDict): ReadonlyMap<number, string | undefined> | undefined {
  const list = file.get(encoding, "Differences");
  const result = new Map<number, string | undefined>();
  let code = 0;
  for (const item of isArray(list) ? list : []) {
    const value = file.resolve(item);
    if (typeof value === "number") {
      code = value;
    } else if (isName(value)) {
      result.set(code, textOfGlyphName(value.name));
      code += 1;
    } else {
      return undefined;
    }
  }
  return result;
}

/** The text of a string shown in this font; undefined when one of its codes is not certain. */
export function decodeShown(font: FontText, bytes: Uint8Array): string | undefined {
  if (bytes.length % font.width !== 0) {
    return undefined;
  }
  let text = "";
  for (let index = 0; index < bytes.length; index += font.width) {
    const code = font.width === 1 ? (bytes[index] ?? 0) : (bytes[index] ?? 0) * 256 + (bytes[index + 1] ?? 0);
    const character = font.characterOf(code);
    if (character === undefined) {
      return undefined;
    }
    text += character;
  }
  return text;
}
