import { isName, isStream, isString } from "../../electron/pdf/objects.ts";
import type { PdfDict, PdfObject } from "../../electron/pdf/objects.ts";
import type { PdfFile } from "../../electron/pdf/pdf-file.ts";
import { forEachOperation } from "./content-operations.ts";

/** Shown bytes as text. */
export type FontDecoder = (bytes: Uint8Array) => string;

const maximumRange = 65_536;

/** By the font's /ToUnicode (ISO 32000-2 9.10.3) when it has one, else one character a byte. */
export function fontDecoder(file: PdfFile, font: PdfDict | null): FontDecoder {
  const map = font === null ? null : file.get(font, "ToUnicode");
  if (font === null || !isStream(map)) return (bytes) => Buffer.from(bytes).toString("latin1");
  const characters = readMap(file.streamBytes(map));
  const width = isName(file.get(font, "Subtype"), "Type0") ? 2 : 1;
  return (bytes) => {
    let text = "";
    for (let at = 0; at + width <= bytes.length; at += width) {
      text += characters.get(codeOf(bytes.subarray(at, at + width))) ?? "\uFFFD";
    }
    return text;
  };
}

function readMap(bytes: Uint8Array): ReadonlyMap<number, string> {
  const characters = new Map<number, string>();
  forEachOperation(bytes, (operator, operands) => {
    if (operator === "endbfchar") addCharacters(characters, operands);
    if (operator === "endbfrange") addRanges(characters, operands);
  });
  return characters;
}

function addCharacters(characters: Map<number, string>, operands: readonly PdfObject[]): void {
  for (let at = 0; at + 1 < operands.length; at += 2) {
    const [code, text] = [operands[at], operands[at + 1]];
    if (isString(code) && isString(text)) characters.set(codeOf(code.bytes), utf16(text.bytes));
  }
}

function addRanges(characters: Map<number, string>, operands: readonly PdfObject[]): void {
  for (let at = 0; at + 2 < operands.length; at += 3) {
    const [low, high, target] = [operands[at], operands[at + 1], operands[at + 2]];
    if (!isString(low) || !isString(high)) continue;
    const first = codeOf(low.bytes);
    const last = Math.min(codeOf(high.bytes), first + maximumRange);
    for (let code = first; code <= last; code += 1) {
      const text = rangeText(target, code - first);
      if (text !== null) characters.set(code, text);
    }
  }
}

/** A list names each text; a string is the first one, and its last character counts up. */
function rangeText(target: PdfObject | undefined, index: number): string | null {
  if (isString(target)) {
    const text = utf16(target.bytes);
    return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + index);
  }
  const entry = Array.isArray(target) ? (target as readonly PdfObject[])[index] : undefined;
  return isString(entry) ? utf16(entry.bytes) : null;
}

function codeOf(bytes: Uint8Array): number {
  return bytes.reduce((code, byte) => code * 256 + byte, 0);
}

function utf16(bytes: Uint8Array): string {
  return new TextDecoder("utf-16be").decode(bytes);
}
