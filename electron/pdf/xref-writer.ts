import { fromLatin1 } from "./characters.ts";
import { dict, name, type PdfObject } from "./objects.ts";
import { PdfProblem } from "./pdf-problem.ts";
import { serializeObject } from "./serialize.ts";

/** Offsets are written as they are: the caller has made them relative where the file wants that. */
export interface WrittenObject {
  readonly num: number;
  readonly gen: number;
  readonly offset: number;
}

export interface XrefContent {
  readonly startxref: number;
  /** Offset of the section before; absent in a file's first section. */
  readonly previous?: number;
  readonly size: number;
  readonly trailer: ReadonlyMap<string, PdfObject>;
  readonly objects: readonly WrittenObject[];
}

/** Ten digits are all that a table has room for. */
const MAX_TABLE_OFFSET = 9_999_999_999;

/** A table, its trailer and the end marker (ISO 32000-2 7.5.4, 7.5.5). Object 0 is listed when it is among the objects. */
export function writeXrefTable(content: XrefContent): Uint8Array {
  let text = "xref\n";
  for (const run of runsOf(content.objects)) {
    text += `${run[0]?.num ?? 0} ${run.length}\n`;
    for (const { num, gen, offset } of run) {
      if (offset > MAX_TABLE_OFFSET) {
        throw new PdfProblem("limit", "The file is too large for its kind of cross-reference.", offset);
      }
      // Exactly 20 bytes, for readers compute the place of an entry.
      text += `${String(offset).padStart(10, "0")} ${String(gen).padStart(5, "0")} ${num === 0 ? "f" : "n"} \n`;
    }
  }
  const trailer = serializeObject(dict(withLinks(content)));
  return Buffer.concat([
    fromLatin1(`${text}trailer\n`),
    trailer,
    fromLatin1(`\nstartxref\n${content.startxref}\n%%EOF\n`),
  ]);
}

/** A cross-reference stream object and the end marker (ISO 32000-2 7.5.8). Not compressed: an update has few rows. */
export function writeXrefStream(content: XrefContent & { readonly own: WrittenObject }): Uint8Array {
  const { own, objects } = content;
  const offsetWidth = bytesFor(Math.max(...objects.map(({ offset }) => offset)));
  const genWidth = bytesFor(Math.max(...objects.map(({ gen }) => gen)));
  const runs = runsOf(objects);
  const rows = runs
    .flat()
    .map(({ gen, offset }) => [1, ...bigEndian(offset, offsetWidth), ...bigEndian(gen, genWidth)]);
  const data = Uint8Array.from(rows.flat());
  const entries = new Map<string, PdfObject>([
    ["Type", name("XRef")],
    ["W", [1, offsetWidth, genWidth]],
    ["Index", runs.flatMap((run) => [run[0]?.num ?? 0, run.length])],
    ["Length", data.length],
    ...withLinks(content),
  ]);
  return Buffer.concat([
    fromLatin1(`${own.num} ${own.gen} obj\n`),
    serializeObject({ kind: "stream", dict: dict(entries), data: { kind: "bytes", bytes: data } }),
    fromLatin1(`\nendobj\nstartxref\n${content.startxref}\n%%EOF\n`),
  ]);
}

function withLinks({ size, previous, trailer }: XrefContent): ReadonlyMap<string, PdfObject> {
  const entries = new Map<string, PdfObject>([["Size", size], ...trailer]);
  if (previous !== undefined) {
    entries.set("Prev", previous);
  }
  return entries;
}

/** Sorted by number and cut into runs of consecutive ones. */
function runsOf(objects: readonly WrittenObject[]): readonly (readonly WrittenObject[])[] {
  const runs: WrittenObject[][] = [];
  for (const object of objects.toSorted((a, b) => a.num - b.num)) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1)?.num === object.num - 1) {
      run.push(object);
    } else {
      runs.push([object]);
    }
  }
  return runs;
}

function bytesFor(value: number): number {
  let width = 1;
  for (let limit = 256; value >= limit; limit *= 256) {
    width += 1;
  }
  return width;
}

const bigEndian = (value: number, width: number): readonly number[] =>
  Array.from({ length: width }, (_, index) => Math.floor(value / 256 ** (width - 1 - index)) % 256);
