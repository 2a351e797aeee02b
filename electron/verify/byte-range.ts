import { isArray, isString, numberOf, type PdfDict } from "../pdf/objects.ts";
import type { ByteSource, PdfFile, Revision } from "../pdf/pdf-file.ts";
import { failure, type Finding, notShown } from "./finding.ts";

/** [0, gap start, gap end, length of the second part] as absolute offsets. */
export interface SignedRange {
  /** Offset of "<" of /Contents. */
  readonly gapStart: number;
  /** Offset just behind ">". */
  readonly gapEnd: number;
  /** Offset just behind the last signed byte. */
  readonly end: number;
}

export type ByteRangeResult =
  | { readonly ok: true; readonly range: SignedRange }
  | { readonly ok: false; readonly finding: Finding };

const wrong = (code: string, message: string, offset?: number): ByteRangeResult => ({
  ok: false,
  finding: failure("FORMAT_FAILURE", code, message, { offset }),
});

/**
 * Reads /ByteRange and shows that what it leaves out is the value of this dictionary's /Contents and nothing else
 * (ISO 32000-2 12.8.1, table 255).
 *
 * @param objectOffset Where the object that holds the dictionary begins.
 */
export function checkByteRange(file: PdfFile, dictionary: PdfDict, objectOffset: number | undefined): ByteRangeResult {
  const value = file.get(dictionary, "ByteRange");
  if (!isArray(value)) {
    return wrong("byte-range.missing", "The signature does not say which bytes it covers.", objectOffset);
  }
  const numbers = value.map((item) => numberOf(file.resolve(item)));
  const [start, first, second, length] = numbers;
  if (
    numbers.length !== 4 ||
    start === undefined ||
    first === undefined ||
    second === undefined ||
    length === undefined ||
    !numbers.every((number) => Number.isSafeInteger(number) && (number ?? -1) >= 0)
  ) {
    return wrong("byte-range.malformed", "The byte range is not four whole numbers.", objectOffset);
  }
  if (start !== 0) {
    return wrong("byte-range.start", "The byte range does not begin at the start of the file.", objectOffset);
  }
  if (second + length > file.source.size) {
    return wrong("byte-range.outside", "The byte range reaches beyond the end of the file.", second);
  }
  if (second <= first) {
    return wrong("byte-range.gap", "The two parts of the byte range overlap.", first);
  }
  return checkGap(file, dictionary, { gapStart: first, gapEnd: second, end: second + length }, objectOffset);
}

/** SECURITY: a gap that holds anything else is where signature wrapping puts the attacker's objects. */
function checkGap(
  file: PdfFile,
  dictionary: PdfDict,
  range: SignedRange,
  objectOffset: number | undefined,
): ByteRangeResult {
  const contents = file.get(dictionary, "Contents");
  if (!isString(contents) || contents.bytes.length === 0) {
    return wrong("contents.missing", "The signature has no value in its /Contents.", objectOffset);
  }
  if (contents.form !== "hex") {
    return wrong(
      "contents.not-hexadecimal",
      "The signature value is not written as a hexadecimal string.",
      range.gapStart,
    );
  }
  const length = range.gapEnd - range.gapStart;
  const digits = length - 2;
  if (digits !== contents.bytes.length * 2) {
    return wrong("byte-range.gap", "The bytes left out of the signature are not exactly its value.", range.gapStart);
  }
  const gap = Buffer.from(file.source.read(range.gapStart, length));
  // Node reads hexadecimal digits up to the first character that is none: with any other in the gap, bytes are missing.
  const written = Buffer.from(gap.toString("latin1", 1, length - 1), "hex");
  if (gap[0] !== 0x3c || gap.at(-1) !== 0x3e || !written.equals(contents.bytes)) {
    return wrong("byte-range.gap", "The bytes left out of the signature are not exactly its value.", range.gapStart);
  }
  const belongs =
    objectOffset !== undefined && objectOffset < range.gapStart && followsContentsKey(file.source, range.gapStart);
  if (!belongs) {
    return wrong(
      "byte-range.elsewhere",
      "The byte range leaves out a value that stands at another place.",
      range.gapStart,
    );
  }
  return { ok: true, range };
}

function followsContentsKey(source: ByteSource, gapStart: number): boolean {
  const from = Math.max(0, gapStart - 64);
  return /\/Contents\s*$/u.test(Buffer.from(source.read(from, gapStart - from)).toString("latin1"));
}

export interface Coverage {
  readonly kind: "whole-file" | "entire-revision" | "partial";
  /** Index of the newest revision that the signature covers; undefined when partial. */
  readonly revision: number | undefined;
  readonly findings: readonly Finding[];
}

/** More than this is no end of line that some transport added. */
const MAXIMUM_BLANK = 64;

/** Which revision the range ends with (E: anything less than an entire revision is not covered). */
export function coverageOf(file: PdfFile, range: SignedRange): Coverage {
  const last = file.revisions.length - 1;
  const index = file.revisions.findIndex((revision) => endsWith(file.source, revision, range.end));
  if (range.end === file.source.size && endsWithLast(file, range.end)) {
    return { kind: "whole-file", revision: last, findings: [] };
  }
  if (index === -1) {
    const message = "The signature ends in the middle of a revision of the document.";
    const finding = failure("FORMAT_FAILURE", "byte-range.partial", message, { offset: range.end });
    return { kind: "partial", revision: undefined, findings: [finding] };
  }
  if (index < last) {
    return { kind: "entire-revision", revision: index, findings: [] };
  }
  const rest = file.source.size - range.end;
  if (rest > MAXIMUM_BLANK || !isBlank(file.source, range.end, file.source.size)) {
    const finding = failure("FORMAT_FAILURE", "bytes.after-end", "Bytes follow the end of the document.", {
      offset: range.end,
    });
    return { kind: "partial", revision: index, findings: [finding] };
  }
  const message = "Bytes follow the signed part, and no revision of the document explains them.";
  const finding = notShown("SIG_CONSTRAINTS_FAILURE", "byte-range.uncovered-end", message, { offset: range.end });
  return { kind: "partial", revision: index, findings: [finding] };
}

/** The end of line behind the end marker may or may not be part of what was signed. */
function endsWith(source: ByteSource, revision: Revision, end: number): boolean {
  return (
    end > revision.xrefOffset && end <= revision.end && revision.end - end <= 4 && isBlank(source, end, revision.end)
  );
}

function endsWithLast(file: PdfFile, end: number): boolean {
  const last = file.revisions.at(-1);
  return last !== undefined && end > last.xrefOffset && (end <= last.end ? isBlank(file.source, end, last.end) : true);
}

export function isBlank(source: ByteSource, from: number, to: number): boolean {
  const bytes = source.read(from, Math.max(0, to - from));
  return bytes.every((byte) => byte === 0x0a || byte === 0x0d || byte === 0x20 || byte === 0x09 || byte === 0);
}
