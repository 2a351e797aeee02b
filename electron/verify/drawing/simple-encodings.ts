/**
 * Encodings of simple fonts (ISO 32000-2 annex D.2): character codes to text. Windows and Macintosh encodings come from
 * the platform; the Adobe standard encoding differs from ASCII in two signs and has these above it.
 */
const STANDARD_HIGH: ReadonlyMap<number, string> = new Map([
  ...entries(0xa1, "¡¢£⁄¥ƒ§¤'“«‹›"),
  [0xae, "fi"],
  [0xaf, "fl"],
  ...entries(0xb1, "–†‡·"),
  ...entries(0xb6, "¶•‚„”»…‰"),
  [0xbf, "¿"],
  ...entries(0xc1, "`´ˆ˜¯˘˙¨"),
  ...entries(0xca, "˚¸"),
  ...entries(0xcd, "˝˛ˇ—"),
  [0xe1, "Æ"],
  [0xe3, "ª"],
  ...entries(0xe8, "ŁØŒº"),
  [0xf1, "æ"],
  [0xf5, "ı"],
  ...entries(0xf8, "łøœß"),
]);

function entries(first: number, characters: string): [number, string][] {
  return Array.from(characters, (character, index): [number, string] => [first + index, character]);
}

const WINDOWS = new TextDecoder("windows-1252");
const MACINTOSH = new TextDecoder("macintosh");

export type BaseEncoding = "StandardEncoding" | "WinAnsiEncoding" | "MacRomanEncoding";

export const isBaseEncoding = (name: string | undefined): name is BaseEncoding =>
  name === "StandardEncoding" || name === "WinAnsiEncoding" || name === "MacRomanEncoding";

/** Undefined for codes that show nothing certain. */
export function characterOf(encoding: BaseEncoding, code: number): string | undefined {
  if (code < 0x20 || code === 0x7f) {
    return undefined;
  }
  switch (encoding) {
    case "WinAnsiEncoding":
      return WINDOWS.decode(Uint8Array.of(code));
    case "MacRomanEncoding":
      return MACINTOSH.decode(Uint8Array.of(code));
    case "StandardEncoding":
      if (code === 0x27) {
        return "’";
      }
      if (code === 0x60) {
        return "‘";
      }
      return code < 0x7f ? String.fromCharCode(code) : STANDARD_HIGH.get(code);
  }
}
