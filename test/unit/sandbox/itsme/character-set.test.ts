import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { outsideLatin1, outsideLatin9 } from "../../../../sandbox/itsme/character-set.ts";

/** Printable characters that another implementation's table can write. */
function writable(encoding: string, character: string): boolean {
  const code = character.codePointAt(0)!;
  const control = code < 0x20 || (code >= 0x7f && code < 0xa0);
  return !control && iconv.decode(iconv.encode(character, encoding), encoding) === character;
}

test.each([
  ["ISO-8859-1", outsideLatin1],
  ["ISO-8859-15", outsideLatin9],
] as const)("What %s can write is what iconv's table says, for the first 9000 code points", (encoding, outside) => {
  const differing: string[] = [];
  for (let code = 0; code < 9000; code += 1) {
    const character = String.fromCodePoint(code);
    if ((outside(character) === null) !== writable(encoding, character)) differing.push(code.toString(16));
  }
  expect(differing).toEqual([]);
});

test("The first offending character is named, also outside the basic plane", () => {
  expect(outsideLatin9("L’acte – signé")).toBe("’");
  expect(outsideLatin9("prix 5 €")).toBeNull();
  expect(outsideLatin1("prix 5 €")).toBe("€");
  expect(outsideLatin1("ok 😀")).toBe("😀");
});
