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

/** Blanks between digits make two numbers of one, unless they part groups of three. */
export function splitsNumber(shown: string, value: string): boolean {
  const parts = /\d(?:[\s\p{Cc}]+\d)+/u;
  return parts.test(shown.replaceAll(/(?<![\d.,])\d{1,3}(?:\s\d{3})+(?!\d)/gu, "")) && !parts.test(value);
}

/** Signs of currencies stand in front or behind: "9$99" is a price of its own. */
const NUMBER = /^\(?[-+]?\p{Sc}?[-+]?(\d[\d.,'’]*)\p{Sc}?\)?$/u;
/** SECURITY: "25,00" is twenty-five elsewhere; only groups of three are groups. */
const WHOLE = {
  ".": /^(?:\d+|\d{1,3}(?:[,'’]\d{3})+)(?:\.\d+)?$/u,
  ",": /^(?:\d+|\d{1,3}(?:[.'’]\d{3})+)(?:,\d+)?$/u,
} as const;

/** The number in a formatted text ("(1,234.50 €)", which is negative); undefined when it is none. */
function numberIn(text: string, decimalSign: "." | ","): number | undefined {
  const plain = withoutSpace(text);
  const digits = NUMBER.exec(plain)?.[1];
  if (digits === undefined || !WHOLE[decimalSign].test(digits)) {
    return undefined;
  }
  const value = Number(digits.replaceAll(decimalSign === "." ? /[,'’]/gu : /[.'’]/gu, "").replace(",", "."));
  return plain.startsWith("(") || plain.includes("-") ? -value : value;
}

/** The shown number is the value, rounded to the decimals that are shown (AFNumber_Format of Acrobat's forms). */
export function isSameNumber(shown: string, value: string, decimalSign: "." | ","): boolean {
  const plain = value.trim().replace(",", ".");
  const seen = numberIn(shown, decimalSign);
  const at = shown.lastIndexOf(decimalSign);
  const decimals = at < 0 ? 0 : shown.slice(at).replaceAll(/\D/gu, "").length;
  return (
    seen !== undefined &&
    /^[-+]?(?:\d+(?:\.\d+)?|\.\d+)$/u.test(plain) &&
    Math.abs(seen - Number(plain)) <= 0.5 * 10 ** -decimals + 1e-9
  );
}
