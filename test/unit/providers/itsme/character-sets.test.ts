import { expect, test } from "vitest";
import { firstUnwritable } from "../../../../electron/providers/itsme/character-sets.ts";

test("ISO 8859-15 has the euro sign, ISO 8859-1 has not", () => {
  expect(firstUnwritable("100 €", "ISO-8859-15")).toBeNull();
  expect(firstUnwritable("100 €", "ISO-8859-1")).toBe("€");
});

test("the eight characters that ISO 8859-15 replaced are only in ISO 8859-1", () => {
  // https://www.rfc-editor.org/ character set registry: positions A4 A6 A8 B4 B8 BC BD BE.
  for (const character of "¤¦¨´¸¼½¾") {
    expect(firstUnwritable(character, "ISO-8859-1")).toBeNull();
    expect(firstUnwritable(character, "ISO-8859-15")).toBe(character);
  }
  for (const character of "€ŠšŽžŒœŸ") {
    expect(firstUnwritable(character, "ISO-8859-15")).toBeNull();
    expect(firstUnwritable(character, "ISO-8859-1")).toBe(character);
  }
});

test("typographic apostrophes and long dashes are named, whole emoji too", () => {
  expect(firstUnwritable("Contrat d’assurance", "ISO-8859-15")).toBe("’");
  expect(firstUnwritable("a – b", "ISO-8859-15")).toBe("–");
  expect(firstUnwritable("ok 👍", "ISO-8859-15")).toBe("👍");
  expect(firstUnwritable("what?", "ISO-8859-15")).toBeNull();
});

test("control characters are no text", () => {
  expect(firstUnwritable("a\nb", "ISO-8859-15")).toBe("\n");
  expect(firstUnwritable("a\u0085b", "ISO-8859-1")).toBe("\u0085");
});
