/** What the visible mark says, before any layout. Pure: the window's preview uses the same function. */
export interface MarkText {
  /** Common name of the signer (see `personName`). */
  readonly signerName: string;
  readonly claimedTime: Date;
  /** Minutes east of UTC in which the time is shown; the same as in /M. */
  readonly utcOffsetMinutes: number;
  readonly reason: string | null;
  /** The provider's name as people know it ("itsme"), or null. */
  readonly provider: string | null;
  readonly practice: boolean;
}

/** The fixed words of the mark, in the language of the document's reader. `{}` stands for the value. */
export interface MarkWords {
  readonly signedWith: string;
  readonly signed: string;
  readonly reason: string;
  readonly practice: string;
}

export const ENGLISH_MARK_WORDS: MarkWords = {
  signedWith: "Signed with {}",
  signed: "Signed electronically",
  reason: "Reason: {}",
  practice: "PRACTICE – not legally binding",
};

export interface MarkLine {
  readonly text: string;
  readonly role: "name" | "method" | "time" | "reason" | "practice";
}

/** The lines of the mark, top to bottom. */
export function appearanceLines(mark: MarkText, words: MarkWords = ENGLISH_MARK_WORDS): readonly MarkLine[] {
  const provider = mark.provider === null ? "" : printable(mark.provider);
  const reason = mark.reason === null ? "" : printable(mark.reason);
  const lines: MarkLine[] = [
    { role: "name", text: printable(mark.signerName) },
    { role: "method", text: provider === "" ? words.signed : fill(words.signedWith, provider) },
    { role: "time", text: zonedTime(mark.claimedTime, mark.utcOffsetMinutes) },
  ];
  if (reason !== "") {
    lines.push({ role: "reason", text: fill(words.reason, reason) });
  }
  if (mark.practice) {
    lines.push({ role: "practice", text: words.practice });
  }
  return lines.filter((line) => line.text !== "");
}

/** "2026-11-22 10:15:00 +01:00": digits only, so that it reads the same in every language. */
export function zonedTime(time: Date, utcOffsetMinutes: number): string {
  const local = new Date(time.getTime() + utcOffsetMinutes * 60_000).toISOString();
  const distance = Math.abs(utcOffsetMinutes);
  const zone = `${utcOffsetMinutes < 0 ? "-" : "+"}${twoDigits(Math.trunc(distance / 60))}:${twoDigits(distance % 60)}`;
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${zone}`;
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");

// A function as replacement: "$&" in a person's reason must stay what it is.
const fill = (pattern: string, value: string): string => pattern.replace("{}", () => value);

/**
 * SECURITY: control and format characters (line breaks, right-to-left overrides, zero-width characters) could make the
 * mark read differently from what was signed; white space becomes one space, the rest disappears.
 */
function printable(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "")
    .trim();
}
