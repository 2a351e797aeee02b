import iconv from "iconv-lite";

export type CharacterSet = "ISO-8859-1" | "ISO-8859-15";

/**
 * The first character that the set cannot write, or null. iconv-lite replaces such a character by "?" without a word,
 * so each one makes the round trip. Control characters count as unwritable: they are no text for a telephone.
 */
export function firstUnwritable(text: string, set: CharacterSet): string | null {
  for (const character of text) {
    const isControl = /\p{Cc}/u.test(character);
    if (isControl || iconv.decode(iconv.encode(character, set), set) !== character) {
      return character;
    }
  }
  return null;
}
