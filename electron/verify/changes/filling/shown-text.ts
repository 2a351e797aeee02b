/** Signs without width (Unicode general category Cf) and other marks that a reader does not see. */
const UNSEEN = /[\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\uFFFD]/u;

/** Text that holds signs which nobody sees, so that a machine reads another text than a person. */
export const hasUnseenSigns = (text: string): boolean => UNSEEN.test(text);

/** Line ends and blanks are lost or won when a text is wrapped, or put into a comb. */
export const withoutSpace = (text: string): string => text.normalize("NFC").replaceAll(/[\s\p{Cc}]+/gu, "");

export const isSameText = (shown: string, value: string): boolean => {
  const seen = withoutSpace(shown);
  return seen === withoutSpace(value) || variants(seen) === variants(withoutSpace(value));
};

/** Fonts have one glyph for signs that look alike; a curly quotation mark is drawn for a straight one, and the like. */
const variants = (text: string): string =>
  text.replaceAll(/[‘’]/gu, "'").replaceAll(/[‐‑−]/gu, "-").replaceAll("\u00AD", "-");

/** A password shows one and the same sign for each of its own. */
export const isMasked = (shown: string, value: string): boolean => {
  const seen = withoutSpace(shown);
  return (seen === "" && value === "") || (/^([*•●])\1*$/u.test(seen) && seen.length === Array.from(value).length);
};

const NUMBER = /^\(?[-+]?\d+(?:\.\d+)?\)?$/u;

/**
 * The number in a formatted text, under both ways of writing decimals: "1,234.50 €" and "1.234,50". Empty when it is no
 * number.
 */
function numbersIn(text: string): readonly number[] {
  const plain = withoutSpace(text).replaceAll(/[\p{Sc}'’%]/gu, "");
  const readings = [plain.replaceAll(",", ""), plain.replaceAll(".", "").replaceAll(",", ".")];
  return readings
    .filter((reading) => NUMBER.test(reading))
    .map((reading) => {
      const value = Number(reading.replaceAll(/[()]/gu, ""));
      return reading.startsWith("(") ? -value : value;
    });
}

/** The shown number is the value, rounded to the decimals that are shown (AFNumber_Format of Acrobat's forms). */
export function isSameNumber(shown: string, value: string): boolean {
  const [written] = numbersIn(value.replaceAll(/[^\d.,+-]/gu, ""));
  const decimals = /[.,](\d+)\D*$/u.exec(withoutSpace(shown))?.[1]?.length ?? 0;
  return (
    written !== undefined &&
    /^[-+]?\d+(?:[.,]\d+)?$/u.test(value.trim()) &&
    numbersIn(shown).some((seen) => Math.abs(seen - Number(value.trim().replace(",", "."))) <= 0.5 * 10 ** -decimals)
  );
}
