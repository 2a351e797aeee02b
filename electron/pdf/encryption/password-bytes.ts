import { encodePdfDoc } from "../text-string.ts";

const MAX_UTF8_PASSWORD = 127;

/** RFC 3454 table C.1.2: spaces other than U+0020. */
const OTHER_SPACES = /[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/gu;
/** RFC 3454 table B.1: characters that are commonly mapped to nothing. */
const NOTHING = /\u00AD|\u034F|\u1806|[\u180B-\u180D]|[\u200B-\u200D]|\u2060|[\uFE00-\uFE0F]|\uFEFF/gu;

/**
 * SASLprep (RFC 4013 section 2.1 and 2.2): mapping, then NFKC. Its prohibited characters are not looked for: they matter
 * where a password is chosen, not where one is tried. U+200B is in both tables and is mapped to nothing, as libraries do.
 */
export function saslPrep(text: string): string {
  return text.replace(NOTHING, "").replace(OTHER_SPACES, " ").normalize("NFKC");
}

/**
 * The bytes that a password may stand for, likeliest first. Revision 5 and 6: UTF-8 of the SASLprep form, at most 127
 * bytes (ISO 32000-2 7.6.4.3.3); also as typed, for writers that skip the preparation. Earlier revisions: PDFDocEncoding
 * (ISO 32000-2 7.6.4.3.2); also UTF-8, which many programs use instead.
 */
export function passwordBytes(password: string, revision: number): readonly Uint8Array[] {
  const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text).subarray(0, MAX_UTF8_PASSWORD);
  const candidates =
    revision >= 5 ? [utf8(saslPrep(password)), utf8(password)] : [encodePdfDoc(password), utf8(password)];
  const [first, second] = candidates;
  if (first === undefined || second === undefined) {
    return second === undefined ? [] : [second];
  }
  return Buffer.compare(first, second) === 0 ? [first] : [first, second];
}
