import { expect, test } from "vitest";

import { textOfGlyphName } from "../../../../electron/verify/drawing/glyph-names.ts";
import { characterOf } from "../../../../electron/verify/drawing/simple-encodings.ts";

/** Octal codes from the table of ISO 32000-2 annex D.2: name, STD, MAC, WIN. */
const LATIN_SET = [
  ["A", 0o101, 0o101, 0o101],
  ["quotesingle", 0o251, 0o047, 0o047],
  ["quoteright", 0o047, 0o325, 0o222],
  ["grave", 0o301, 0o140, 0o140],
  ["sterling", 0o243, 0o243, 0o243],
  ["germandbls", 0o373, 0o247, 0o337],
  ["endash", 0o261, 0o320, 0o226],
  ["fi", 0o256, 0o336, undefined],
  ["AE", 0o341, 0o256, 0o306],
  ["oslash", 0o371, 0o277, 0o370],
  ["dotlessi", 0o365, 0o365, undefined],
  ["ogonek", 0o316, 0o376, undefined],
  ["Zcaron", undefined, undefined, 0o216],
  ["adieresis", undefined, 0o212, 0o344],
] as const;

test.each(LATIN_SET)("reads the glyph %s in the encodings of the standard", (name, standard, macintosh, windows) => {
  const asText = (character: string | undefined): string => (character ?? "none").normalize("NFKC");
  const codes = [
    ["StandardEncoding", standard],
    ["MacRomanEncoding", macintosh],
    ["WinAnsiEncoding", windows],
  ] as const;
  const read = codes.flatMap(([encoding, code]) => (code === undefined ? [] : [asText(characterOf(encoding, code))]));
  expect(new Set(read)).toEqual(new Set([asText(textOfGlyphName(name))]));
});

test("knows the names of the Adobe Glyph List that are numbers, and no others", () => {
  expect(textOfGlyphName("uni20AC")).toBe("€");
  expect(textOfGlyphName("u1F600")).toBe("😀");
  expect(textOfGlyphName("g17")).toBeUndefined();
  expect(textOfGlyphName("constructor")).toBeUndefined();
});
