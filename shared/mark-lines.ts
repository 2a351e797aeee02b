import type { MarkDateFormat } from "./mark-design.ts";

/** What the visible mark may say, before any layout. All of it comes from the signature itself. */
export interface MarkText {
  /** Common name of the signer, without any national number. */
  readonly signerName: string;
  readonly claimedTime: Date;
  /** Minutes east of UTC in which the time is shown; the same as in /M. */
  readonly utcOffsetMinutes: number;
  readonly reason: string | null;
  /** As /Location has it. */
  readonly location: string | null;
  /** The provider's name as people know it ("itsme"), or null. */
  readonly provider: string | null;
  /** Organisation of the signing certificate's subject. */
  readonly organisation: string | null;
  /** Serial number of the signing certificate, hexadecimal. Not the person's own number. */
  readonly serial: string | null;
  readonly practice: boolean;
}

/** The fixed words of the mark, in the language of the document's reader. `{}` stands for the value. */
export interface MarkWords {
  readonly signedWith: string;
  readonly signed: string;
  readonly reason: string;
  readonly practice: string;
  /** Where there is room for one word only. */
  readonly practiceShort: string;
}

export const ENGLISH_MARK_WORDS: MarkWords = {
  signedWith: "Signed with {}",
  signed: "Signed electronically",
  reason: "Reason: {}",
  practice: "PRACTICE – not legally binding",
  practiceShort: "PRACTICE",
};

export interface MarkLine {
  readonly text: string;
  /** The practice line stands in every layout; the name is drawn larger. */
  readonly role: "name" | "method" | "time" | "reason" | "own" | "practice";
}

/** What a line may hold in curly brackets. */
export const PLACEHOLDERS = [
  "name",
  "initials",
  "date",
  "time",
  "reason",
  "location",
  "provider",
  "organisation",
  "serial",
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

export interface LineChoices {
  /** Null: the usual lines. */
  readonly lines: readonly string[] | null;
  readonly dateFormat: MarkDateFormat;
}

const USUAL_CHOICES: LineChoices = { lines: null, dateFormat: "iso" };

/** The lines of the mark, top to bottom. In practice mode the last one says so, whatever else was chosen. */
export function markLines(
  mark: MarkText,
  choices: LineChoices = USUAL_CHOICES,
  words: MarkWords = ENGLISH_MARK_WORDS,
): readonly MarkLine[] {
  const values = placeholderValues(mark, choices.dateFormat);
  const lines = choices.lines === null ? usualLines(values, words) : ownLines(choices.lines, values);
  return [
    ...lines.filter((line) => line.text !== ""),
    ...(mark.practice ? [{ role: "practice", text: words.practice } as const] : []),
  ];
}

/** What the initials say: the person's own line, or the first letters of the name. */
export function initialsLines(
  mark: MarkText,
  text: string,
  words: MarkWords = ENGLISH_MARK_WORDS,
): readonly MarkLine[] {
  const line = fillLine(text.trim() === "" ? "{initials}" : text, placeholderValues(mark, "iso"));
  return [
    ...(line === "" ? [] : [{ role: "name", text: line } as const]),
    ...(mark.practice ? [{ role: "practice", text: words.practiceShort } as const] : []),
  ];
}

/** Placeholders of a line that do not exist ("{nmae}"): they would stand in the mark as they are. */
export function unknownPlaceholders(line: string): readonly string[] {
  const known: readonly string[] = PLACEHOLDERS;
  return [...line.matchAll(PLACEHOLDER)].map(([, name]) => name ?? "").filter((name) => !known.includes(name));
}

const PLACEHOLDER = /\{([a-z]+)\}/gu;

type Values = Readonly<Record<Placeholder, string>>;

function placeholderValues(mark: MarkText, dateFormat: MarkDateFormat): Values {
  const name = printable(mark.signerName);
  return {
    name,
    initials: initialsOf(name),
    date: dateText(mark.claimedTime, mark.utcOffsetMinutes, dateFormat),
    time: timeText(mark.claimedTime, mark.utcOffsetMinutes),
    reason: printable(mark.reason ?? ""),
    location: printable(mark.location ?? ""),
    provider: printable(mark.provider ?? ""),
    organisation: printable(mark.organisation ?? ""),
    serial: printable(mark.serial ?? ""),
  };
}

function usualLines(values: Values, words: MarkWords): readonly MarkLine[] {
  return [
    { role: "name", text: values.name },
    { role: "method", text: values.provider === "" ? words.signed : fill(words.signedWith, values.provider) },
    { role: "time", text: `${values.date} ${values.time}` },
    { role: "reason", text: values.reason === "" ? "" : fill(words.reason, values.reason) },
  ];
}

/** The person's own lines; one that begins with the name is drawn as the name. */
function ownLines(lines: readonly string[], values: Values): readonly MarkLine[] {
  return lines.map((line) => ({
    role: line.trimStart().startsWith("{name}") ? "name" : "own",
    text: fillLine(line, values),
  }));
}

/** A line whose placeholders all are empty disappears; an empty one among others takes its separator with it. */
function fillLine(line: string, values: Values): string {
  const known = [...line.matchAll(PLACEHOLDER)].map(([, name]) => valueOf(values, name)).filter((v) => v !== undefined);
  if (known.length > 0 && known.every((value) => value === "")) {
    return "";
  }
  const filled = printable(line.replace(PLACEHOLDER, (whole, name: string) => valueOf(values, name) ?? whole));
  return known.includes("") ? filled.replace(DANGLING, "").replace(DOUBLED, "$1").trim() : filled;
}

const valueOf = (values: Values, name: string | undefined): string | undefined =>
  Object.entries(values).find(([key]) => key === name)?.[1];

const DANGLING = /^[\s,;:·|/–-]+|[\s,;:·|/–-]+$/gu;
const DOUBLED = /([,;·|/])\s*(?:[,;·|/]\s*)+/gu;

/** "Anna-Maria Peeters": "AMP"; at most four letters. */
function initialsOf(name: string): string {
  return name
    .split(/[\s,\-–.]+/u)
    .map((word) => /\p{L}/u.exec(word)?.[0] ?? "")
    .slice(0, 4)
    .join("")
    .toLocaleUpperCase("en");
}

const local = (time: Date, utcOffsetMinutes: number): Date => new Date(time.getTime() + utcOffsetMinutes * 60_000);

function dateText(time: Date, utcOffsetMinutes: number, format: MarkDateFormat): string {
  const shifted = local(time, utcOffsetMinutes);
  return format === "iso"
    ? shifted.toISOString().slice(0, 10)
    : printable(new Intl.DateTimeFormat(format, { dateStyle: "long", timeZone: "UTC" }).format(shifted));
}

/** "10:15:00 +01:00": digits only, so that it reads the same in every language. */
function timeText(time: Date, utcOffsetMinutes: number): string {
  const distance = Math.abs(utcOffsetMinutes);
  const zone = `${utcOffsetMinutes < 0 ? "-" : "+"}${twoDigits(Math.trunc(distance / 60))}:${twoDigits(distance % 60)}`;
  return `${local(time, utcOffsetMinutes).toISOString().slice(11, 19)} ${zone}`;
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
