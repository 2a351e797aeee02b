/** ISO 8859-15 (Latin-9) differs from ISO 8859-1 in eight places: these code points came in … */
const latin9Added = new Set([0x20ac, 0x160, 0x161, 0x17d, 0x17e, 0x152, 0x153, 0x178]);
/** … and these went out. */
const latin9Removed = new Set([0xa4, 0xa6, 0xa8, 0xb4, 0xb8, 0xbc, 0xbd, 0xbe]);

/** The first character that ISO 8859-1 cannot write, or null. Control characters count as unwritable. */
export function outsideLatin1(text: string): string | null {
  return firstOutside(text, (code) => isLatin1(code));
}

/** The first character that ISO 8859-15 cannot write, or null. */
export function outsideLatin9(text: string): string | null {
  return firstOutside(text, (code) => latin9Added.has(code) || (isLatin1(code) && !latin9Removed.has(code)));
}

function isLatin1(code: number): boolean {
  return (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff);
}

function firstOutside(text: string, inside: (code: number) => boolean): string | null {
  for (const character of text) {
    if (!inside(character.codePointAt(0) ?? 0)) return character;
  }
  return null;
}
