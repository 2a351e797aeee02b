import { decodeStream } from "./filters/decode-stream.ts";
import { readIndirectObject } from "./indirect-object.ts";
import { MAX_RAW_STREAM } from "./limits.ts";
import { isArray, isName, isRef, isStream, type PdfDict, type PdfObject } from "./objects.ts";
import type { ByteSource, XrefEntry } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";
import { type EntryRange, RangeEntries, rangesOverlap } from "./xref-entries.ts";

export interface XrefStream {
  readonly entries: RangeEntries;
  readonly trailer: PdfDict;
  readonly end: number;
}

/** Reads a cross-reference stream (ISO 32000-2 7.5.8). Its rows are decoded at once and interpreted when asked for. */
export function readXrefStream(source: ByteSource, at: number, offsetBase: number, lenient = false): XrefStream {
  const broken = (message: string): PdfProblem => new PdfProblem("xref-broken", message, at);
  const direct = (object: PdfObject | undefined): PdfObject => {
    // ISO 32000-2 7.5.8.2: these values are direct, for they are needed before any reference can be followed.
    if (isRef(object)) {
      throw broken("A cross-reference stream refers to another object.");
    }
    return object ?? null;
  };
  const { object, end } = readIndirectObject(source, at, { lenient, resolve: direct });
  if (!isStream(object) || !isName(object.dict.entries.get("Type"), "XRef") || object.data.kind !== "file") {
    throw broken("No cross-reference stands where the file says so.");
  }
  const { dict: trailer, data } = object;
  if (data.length > MAX_RAW_STREAM) {
    throw new PdfProblem("limit", "The cross-reference stream is too large.", at);
  }
  const rows = decodeStream(trailer, source.read(data.offset, data.length), { lenient, resolve: direct });
  const widths = readWidths(trailer);
  const width = widths === undefined ? 0 : widths[0] + widths[1] + widths[2];
  if (widths === undefined || width === 0) {
    throw broken("The field widths of a cross-reference stream make no sense.");
  }
  const ranges = readRanges(trailer, width);
  const needed = ranges?.reduce((sum, { count }) => sum + count * width, 0) ?? Number.POSITIVE_INFINITY;
  if (ranges === undefined || needed > rows.length || rangesOverlap(ranges)) {
    throw broken("The index of a cross-reference stream makes no sense.");
  }
  const entries = new RangeEntries(ranges, (range, index) =>
    readRow(rows, range.at + index * width, widths, offsetBase),
  );
  return { entries, trailer, end };
}

function readWidths(trailer: PdfDict): readonly [number, number, number] | undefined {
  const array = trailer.entries.get("W");
  if (!isArray(array)) {
    return undefined;
  }
  const [type, second, third] = array;
  const fits = (value: PdfObject | undefined): value is number => typeof value === "number" && value >= 0 && value <= 8;
  return fits(type) && fits(second) && fits(third) ? [type, second, third] : undefined;
}

function readRanges(trailer: PdfDict, width: number): readonly EntryRange[] | undefined {
  const index = trailer.entries.get("Index") ?? [0, trailer.entries.get("Size") ?? null];
  if (!isArray(index) || index.length % 2 !== 0) {
    return undefined;
  }
  const ranges: EntryRange[] = [];
  let at = 0;
  for (let pair = 0; pair < index.length; pair += 2) {
    const start = index[pair];
    const count = index[pair + 1];
    if (typeof start !== "number" || typeof count !== "number" || start < 0 || count < 0) {
      return undefined;
    }
    if (!Number.isSafeInteger(start + count)) {
      return undefined;
    }
    ranges.push({ start, count, at });
    at += count * width;
  }
  return ranges;
}

/** One row (ISO 32000-2 table 18). An unknown type means the null object. */
function readRow(
  rows: Uint8Array,
  at: number,
  [typeWidth, secondWidth, thirdWidth]: readonly [number, number, number],
  offsetBase: number,
): XrefEntry {
  const type = typeWidth === 0 ? 1 : bigEndian(rows, at, typeWidth);
  const second = bigEndian(rows, at + typeWidth, secondWidth);
  const third = bigEndian(rows, at + typeWidth + secondWidth, thirdWidth);
  if (type === 1 && second > 0) {
    return { kind: "offset", offset: second + offsetBase, gen: third };
  }
  if (type === 2) {
    return { kind: "in-stream", stream: second, index: third };
  }
  return { kind: "free", nextFree: type === 0 ? second : 0, gen: third };
}

/** Values above 2^53 lose exactness but stay far beyond the end of any file, where they are refused. */
function bigEndian(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let index = at; index < at + width; index += 1) {
    value = value * 256 + (bytes[index] ?? 0);
  }
  return value;
}
