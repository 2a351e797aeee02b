import type { ExpectedSigner } from "../../../providers/provider.ts";

/**
 * Does the name in a certificate belong to this person? Providers write names in capitals, without accents, with umlauts
 * spelt out, with all given names or only the first. SECURITY: the whole surname must be there, and one given name.
 */
export function isNamed(commonName: string, { givenName, surname }: ExpectedSigner): boolean {
  return spellings(commonName).some((name) => {
    const there = new Set(name);
    const has = (words: string, many: "every" | "some"): boolean =>
      spellings(words).some((tokens) => tokens.length > 0 && tokens[many]((token) => there.has(token)));
    return has(surname, "every") && has(givenName, "some");
  });
}

/** The words of a name: with marks taken off, and with umlauts spelt out (ICAO Doc 9303-3 section 6). */
function spellings(text: string): readonly (readonly string[])[] {
  const lower = text.normalize("NFC").toLocaleLowerCase("en").replaceAll("ß", "ss");
  return [lower, spelledOut(lower)].map(wordsOf);
}

const spelledOut = (text: string): string =>
  text
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("å", "aa")
    .replaceAll("ø", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("ñ", "nn");

const wordsOf = (text: string): readonly string[] =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .replaceAll("đ", "d")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** Signers for whom no certificate was found; each certificate stands for one person only. */
export function missingSigners(
  expected: readonly ExpectedSigner[],
  commonNames: readonly (string | null)[],
): readonly ExpectedSigner[] {
  const free = commonNames.filter((name) => name !== null);
  return expected.filter((signer) => {
    const index = free.findIndex((name) => isNamed(name, signer));
    if (index >= 0) {
      free.splice(index, 1);
    }
    return index < 0;
  });
}
