/** Longer names are shortened in the middle. Characters, not bytes. */
const LONGEST = 100;

/**
 * What has no picture of its own, moves what follows, or stacks on what stands before: it could hide a part of the text or
 * make another one of it (Unicode: controls, formats, private use, unassigned, ignorable, and marks beyond what letters need).
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const SPACES = /[\s\p{Zs}]+/gu;
const PILED_MARKS = /(\p{M}{2})\p{M}+/gu;
const QUOTES = /["“”„‟″«»❝❞〝〞＂]/gu;

/**
 * A file's name as it may stand between quotes in a text to be signed: one line, in plain sight.
 *
 * SECURITY: the name is somebody else's text. It cannot end the quotation, begin a line, or change what stands around it.
 */
export function safeName(name: string): string {
  const visible = name
    .toWellFormed()
    .normalize("NFC")
    .replaceAll(SPACES, " ")
    .replaceAll(INVISIBLE, "\u25A1")
    .replaceAll(PILED_MARKS, "$1")
    .replaceAll(QUOTES, "'")
    .trim();
  // A mark at the beginning would sit on our own quotation mark.
  const standing = /^\p{M}/u.test(visible) ? `\u25A1${visible}` : visible;
  return shortened(standing === "" ? "\u25A1" : standing);
}

function shortened(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= LONGEST) {
    return text;
  }
  const half = Math.floor((LONGEST - 1) / 2);
  return `${characters.slice(0, half).join("")}…${characters.slice(-half).join("")}`;
}

/** Marks of simpleMarkdownV1 as far as they are known, and those of other dialects; in full-width forms they are letters. */
const MARKS = /[#*+|\\_`~<>[\]]/gu;
const TO_FULL_WIDTH = 0xfee0;

/**
 * The same for text with `simpleMarkdownV1`. Its grammar is not public and has no known way to escape, so nothing in a name
 * may be a mark.
 */
export const safeMarkdownName = (name: string): string =>
  safeName(name).replaceAll(MARKS, (mark) => String.fromCodePoint((mark.codePointAt(0) ?? 0) + TO_FULL_WIDTH));
