import { isName, isString, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { nameOf } from "../pdf-text.ts";
import { drawnFont } from "./drawn-font.ts";
import type { Bounds } from "./seen-text.ts";

/** A letter that marks a button, in units of the font's size from where it is written. */
export interface MarkGlyph {
  readonly kind: "sign" | "dot";
  readonly box: Bounds;
}

/**
 * ZapfDingbats (Adobe's font metrics): ticks, crosses, and what Acrobat offers beside them. SECURITY: no other sign of
 * that font; it has bars, circles and digits.
 */
const DINGBATS: ReadonlyMap<number, MarkGlyph> = new Map([
  [0x33, { kind: "sign", box: [0.034, -0.013, 0.721, 0.705] }],
  [0x34, { kind: "sign", box: [0.036, -0.014, 0.811, 0.705] }],
  [0x35, { kind: "sign", box: [0.035, 0, 0.727, 0.692] }],
  [0x36, { kind: "sign", box: [0.035, 0, 0.727, 0.692] }],
  [0x37, { kind: "sign", box: [-0.001, -0.068, 0.571, 0.661] }],
  [0x38, { kind: "sign", box: [0.036, -0.013, 0.642, 0.705] }],
  [0x48, { kind: "sign", box: [0.035, -0.014, 0.782, 0.705] }],
  [0x6c, { kind: "dot", box: [0.035, -0.014, 0.757, 0.705] }],
  [0x6e, { kind: "dot", box: [0.035, 0, 0.726, 0.692] }],
  [0x75, { kind: "dot", box: [0.035, -0.014, 0.754, 0.705] }],
]);

/** What a font of the reader's own, and nothing else, says of itself (ISO 32000-2 9.6.2.2). */
const OWN_KEYS: ReadonlySet<string> = new Set(["Type", "Subtype", "BaseFont", "Name", "Encoding"]);

/** Text faces that every reader has. */
const TEXT_FACE = /^(?:Helvetica|Arial(?:MT)?|Times-Roman|TimesNewRoman(?:PSMT)?|Courier)(?:[-,](?:Bold|BoldMT))?$/u;

const HEIGHT = 0.72;
const FOOT_OF_STAR = 0.38;

/**
 * The mark that a string shows in a font; undefined for every other string. SECURITY: with glyphs of its own, or names
 * given to other codes, a font shows a digit where its codes say a tick.
 */
export function markGlyph(file: PdfFile, font: PdfDict, string: PdfObject | undefined): MarkGlyph | undefined {
  const face = nameOf(file.get(font, "BaseFont")) ?? "";
  if (font.duplicates.length > 0 || !isString(string)) {
    return undefined;
  }
  if (face === "ZapfDingbats") {
    const encoding = file.get(font, "Encoding");
    const isOwn =
      isName(file.get(font, "Subtype"), "Type1") &&
      [...font.entries.keys()].every((key) => OWN_KEYS.has(key)) &&
      (encoding === null || isName(encoding, "ZapfDingbatsEncoding"));
    return isOwn && string.bytes.length === 1 ? DINGBATS.get(string.bytes[0] ?? 0) : undefined;
  }
  const drawn = TEXT_FACE.test(face) ? drawnFont(file, font) : undefined;
  const signs = drawn === undefined || drawn.embedded ? undefined : drawn.signsOf(string);
  const [sign] = signs ?? [];
  if (sign === undefined || signs?.length !== 1) {
    return undefined;
  }
  switch (sign.text) {
    case "X":
      return { kind: "sign", box: [0, 0, sign.width, HEIGHT] };
    case "x":
      return { kind: "sign", box: [0, 0, sign.width, 0.53] };
    case "*":
      return { kind: "sign", box: [0, FOOT_OF_STAR, sign.width, HEIGHT] };
    default:
      return undefined;
  }
}
