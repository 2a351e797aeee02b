/**
 * PDFDocEncoding where it differs from Latin-1 (ISO 32000-2 annex D.3): 0x18 to 0x1F, 0x80 to 0xA0. Undefined codes
 * read as U+FFFD.
 */
const LOW = "\u02D8\u02C7\u02C6\u02D9\u02DD\u02DB\u02DA\u02DC";
const HIGH =
  "\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203A\u2212\u2030\u201E\u201C\u201D\u2018" +
  "\u2019\u201A\u2122\uFB01\uFB02\u0141\u0152\u0160\u0178\u017D\u0131\u0142\u0153\u0161\u017E\uFFFD\u20AC";

/** A text string (ISO 32000-2 7.9.2.2): UTF-16BE or UTF-8 with a mark, PDFDocEncoding without. Never throws. */
export function decodeTextString(bytes: Uint8Array): string {
  const [first, second, third] = bytes;
  if (first === 0xfe && second === 0xff) {
    return new TextDecoder("utf-16be").decode(bytes.subarray(2));
  }
  if (first === 0xff && second === 0xfe) {
    // Not allowed, yet written by some; no PDFDocEncoding text begins like this.
    return new TextDecoder("utf-16le").decode(bytes.subarray(2));
  }
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return new TextDecoder("utf-8").decode(bytes.subarray(3));
  }
  return Array.from(bytes, pdfDocCharacter).join("");
}

function pdfDocCharacter(code: number): string {
  if (code >= 0x18 && code <= 0x1f) {
    return LOW.charAt(code - 0x18);
  }
  return code >= 0x80 && code <= 0xa0 ? HIGH.charAt(code - 0x80) : String.fromCharCode(code);
}

/** Text as PDFDocEncoding, without a mark; undefined when it has a character that the encoding lacks. */
export function encodePdfDoc(text: string): Uint8Array | undefined {
  const codes = Array.from(text, (character) => pdfDocCode(character));
  return codes.every((code) => code !== undefined) ? Uint8Array.from(codes) : undefined;
}

function pdfDocCode(character: string): number | undefined {
  const special = LOW.includes(character) ? LOW.indexOf(character) + 0x18 : HIGH.indexOf(character) + 0x80;
  if (special >= 0x80 || special < 0x20) {
    return character === "\uFFFD" ? undefined : special;
  }
  const code = character.codePointAt(0) ?? 0;
  const undefinedHere = (code >= 0x18 && code < 0x20) || (code >= 0x7f && code <= 0xa0) || code > 0xff;
  return undefinedHere ? undefined : code;
}
