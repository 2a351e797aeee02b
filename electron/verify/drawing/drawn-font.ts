import { isString, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { nameOf } from "../pdf-text.ts";
import { fontMetrics } from "./font-metrics.ts";
import { fontText } from "./font-text.ts";
import { standardWidth } from "./standard-widths.ts";

/** A font of an appearance: what its codes say, and how far each moves the next one on. */
export interface DrawnFont {
  readonly embedded: boolean;
  /** Undefined when a code is not certain to show one sign of a known width. */
  readonly signsOf: (string: PdfObject | undefined) => readonly Sign[] | undefined;
}

export interface Sign {
  readonly text: string;
  /** In units of the font's size. */
  readonly width: number;
  /** ISO 32000-2 9.3.3: the space between words follows the single-byte code 32, whatever it shows. */
  readonly isBlankCode: boolean;
}

const OWN_FACE = /^(?:Helvetica|Courier|Times|Arial)/u;
/** Bold and narrow faces differ so much from the regular one, in places. */
const CLOSE = { from: 0.7, to: 1.5 } as const;
/** Digits are as wide as this in all faces with which readers replace one that they have not. */
const DIGIT = { from: 0.38, to: 0.8 } as const;

/** Throws `PdfProblem`. */
export function drawnFont(file: PdfFile, dict: PdfDict): DrawnFont | undefined {
  const text = fontText(file, dict);
  const metrics = fontMetrics(file, dict);
  if (text === undefined || metrics === undefined || metrics.bytes !== text.width || metrics.downwards) {
    return undefined;
  }
  const face = nameOf(file.get(dict, "BaseFont")) ?? "";
  const standard = text.embedded || !OWN_FACE.test(face) ? undefined : standardWidth(face);
  /**
   * SECURITY: some readers take the widths of the file, others those of their own face. Where these differ much, signs
   * stand on each other or outside for some.
   */
  const isCertain = (character: string, width: number): boolean => {
    const code = character.codePointAt(0) ?? 0;
    const own = standard === undefined || code < 0x20 || code > 0x7e ? undefined : standard(code) / 1000;
    if (!text.embedded && own === undefined && /^\d$/u.test(character)) {
      return width >= DIGIT.from && width <= DIGIT.to;
    }
    return width >= 0 && width < 4 && (own === undefined || (width >= CLOSE.from * own && width <= CLOSE.to * own));
  };
  const signsOf: DrawnFont["signsOf"] = (string) => {
    if (!isString(string) || string.bytes.length % text.width !== 0) {
      return undefined;
    }
    const signs: Sign[] = [];
    for (let index = 0; index < string.bytes.length; index += text.width) {
      const first = string.bytes[index] ?? 0;
      const code = text.width === 1 ? first : first * 256 + (string.bytes[index + 1] ?? 0);
      const character = text.characterOf(code);
      const { width } = metrics.glyph(code);
      if (character === undefined || !isCertain(character, width)) {
        return undefined;
      }
      signs.push({ text: character, width, isBlankCode: text.width === 1 && code === 32 });
    }
    return signs;
  };
  return { embedded: text.embedded, signsOf };
}
