/**
 * PDF files as Latin-1 text, written without the product's own writer: an attacker is bound by no rule, and a verifier
 * must not be tested with files that only its own house can make.
 */
export interface RawDocument {
  readonly text: string;
  /** What stands between `N G obj` and `endobj`, newest revision. */
  readonly bodies: ReadonlyMap<number, string>;
  readonly size: number;
}

export type Style = "table" | "stream" | "packed" | "hybrid";

export interface RevisionOptions {
  readonly style?: Style;
  /** Entries of the trailer after the usual ones. */
  readonly trailer?: string;
  /** Entries of the trailer before the usual ones. */
  readonly trailerFirst?: string;
  readonly free?: readonly number[];
  /** Object number to generation. */
  readonly generations?: ReadonlyMap<number, number>;
  /** Entries that point to other places than the objects written here. */
  readonly entries?: ReadonlyMap<number, number>;
  /** Text put in front of the cross-reference; no entry leads to it. */
  readonly hidden?: string;
  readonly size?: number;
  readonly root?: string;
  readonly previous?: number | null;
  readonly info?: string;
  /** Object numbers packed into the object stream in the style "packed"; all dictionaries when absent. */
  readonly packed?: readonly number[];
  /** More objects in the object stream than the cross-reference knows. */
  readonly stowaways?: readonly (readonly [number, string])[];
  /** Entries of the dictionary of the object stream, instead of /N and /First. */
  readonly packType?: string;
  /** A second table behind the first one, with these entries changed, that the end marker does not name. */
  readonly twin?: ReadonlyMap<number, number>;
  readonly packEntries?: (count: number, first: number) => string;
}

export const stream = (data: string, entries = ""): string =>
  `<< ${entries} /Length ${data.length} >>\nstream\n${data}\nendstream`;

const row = (offset: number, generation: number, kind: "n" | "f"): string =>
  `${String(offset).padStart(10, "0")} ${String(generation).padStart(5, "0")} ${kind} \n`;

type Entry = { readonly kind: 0 | 1 | 2; readonly second: number; readonly third: number };

/** Starts a document. */
export const newDocument = (bodies: Readonly<Record<number, string>>, options: RevisionOptions = {}): RawDocument =>
  revise({ text: "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n", bodies: new Map(), size: 1 }, bodies, {
    root: "1 0 R",
    previous: null,
    ...options,
  });

/** Appends one revision. */
export function revise(
  document: RawDocument,
  changes: Readonly<Record<number, string>>,
  options: RevisionOptions = {},
): RawDocument {
  const style = options.style ?? "table";
  const bodies = new Map(document.bodies);
  const entries = new Map<number, Entry>();
  let text = document.text;
  let size = document.size;
  const numbers = Object.keys(changes).map(Number);
  for (const num of numbers) {
    size = Math.max(size, num + 1);
    bodies.set(num, changes[num] ?? "null");
  }
  const packable = numbers.filter((num) => style === "packed" && mayPack(changes[num] ?? "", num, options));
  for (const num of numbers.filter((one) => !packable.includes(one))) {
    const generation = options.generations?.get(num) ?? 0;
    entries.set(num, { kind: 1, second: text.length, third: generation });
    text += `${num} ${generation} obj\n${changes[num] ?? "null"}\nendobj\n`;
  }
  if (packable.length > 0) {
    const holder = size;
    size += 1;
    const packed = pack(
      [...packable.map((num) => [num, changes[num] ?? "null"] as const), ...(options.stowaways ?? [])],
      options,
    );
    entries.set(holder, { kind: 1, second: text.length, third: 0 });
    bodies.set(holder, packed);
    text += `${holder} 0 obj\n${packed}\nendobj\n`;
    for (const [index, num] of packable.entries()) {
      entries.set(num, { kind: 2, second: holder, third: index });
    }
  }
  for (const num of options.free ?? []) {
    entries.set(num, { kind: 0, second: 0, third: 1 });
    bodies.delete(num);
  }
  for (const [num, offset] of options.entries ?? []) {
    entries.set(num, { kind: 1, second: offset, third: options.generations?.get(num) ?? 0 });
  }
  text += options.hidden ?? "";
  const previous = options.previous === undefined ? lastStartxref(document.text) : options.previous;
  const common = (count: number): string =>
    `${options.trailerFirst ?? ""} /Size ${options.size ?? count} /Root ${options.root ?? lastRoot(document.text)}` +
    (options.info === undefined ? lastInfo(document.text) : ` /Info ${options.info}`) +
    `${previous === null ? "" : ` /Prev ${previous}`} ${options.trailer ?? ""}`;
  if (previous === null) {
    entries.set(0, { kind: 0, second: 0, third: 65_535 });
  }
  if (style === "hybrid") {
    return hybrid(text, bodies, size, entries, numbers, common);
  }
  if (style === "table") {
    const start = text.length;
    text += `xref\n${tableRows(entries)}trailer\n<< ${common(size)} >>\n`;
    if (options.twin !== undefined) {
      const twin = new Map([
        ...entries,
        ...[...options.twin].map(([num, second]) => [num, { kind: 1 as const, second, third: 0 }] as const),
      ]);
      text += `xref\n${tableRows(twin)}trailer\n<< ${common(size)} >>\n`;
    }
    text += `startxref\n${start}\n%%EOF\n`;
    return { text, bodies, size };
  }
  const own = size;
  size += 1;
  const start = text.length;
  entries.set(own, { kind: 1, second: start, third: 0 });
  text += `${own} 0 obj\n${xrefStream(entries, common(size))}\nendobj\nstartxref\n${start}\n%%EOF\n`;
  return { text, bodies, size };
}

function mayPack(text: string, num: number, { packed }: RevisionOptions): boolean {
  return !text.includes("stream") && !text.includes("/ByteRange") && (packed === undefined || packed.includes(num));
}

function pack(objects: readonly (readonly [number, string])[], { packEntries, packType }: RevisionOptions): string {
  let data = "";
  const index = objects.map(([num, content]) => {
    const at = data.length;
    data += `${content}\n`;
    return `${num} ${at}`;
  });
  const head = `${index.join(" ")}\n`;
  const entries = packEntries?.(objects.length, head.length) ?? `/N ${objects.length} /First ${head.length}`;
  return stream(head + data, `/Type ${packType ?? "/ObjStm"} ${entries}`);
}

/** Hidden from readers that know tables only: everything but the first half of the objects. */
function hybrid(
  before: string,
  bodies: ReadonlyMap<number, string>,
  size: number,
  entries: ReadonlyMap<number, Entry>,
  numbers: readonly number[],
  common: (count: number) => string,
): RawDocument {
  const hidden = new Set(numbers.slice(Math.ceil(numbers.length / 2)));
  const inStream = new Map([...entries].filter(([num]) => hidden.has(num)));
  const inTable = new Map(
    [...entries].map(([num, entry]) => [num, hidden.has(num) ? { kind: 0 as const, second: 0, third: 0 } : entry]),
  );
  let text = before;
  const own = size;
  const streamStart = text.length;
  text += `${own} 0 obj\n${xrefStream(inStream, `/Size ${own + 1}`)}\nendobj\n`;
  const start = text.length;
  text += `xref\n${tableRows(inTable)}trailer\n<< ${common(own + 1)} /XRefStm ${streamStart} >>\nstartxref\n${start}\n%%EOF\n`;
  return { text, bodies, size: own + 1 };
}

function tableRows(entries: ReadonlyMap<number, Entry>): string {
  return [...entries]
    .sort(([a], [b]) => a - b)
    .map(([num, { kind, second, third }]) => `${num} 1\n${row(second, third, kind === 1 ? "n" : "f")}`)
    .join("");
}

function xrefStream(entries: ReadonlyMap<number, Entry>, common: string): string {
  const sorted = [...entries].sort(([a], [b]) => a - b);
  const index = sorted.map(([num]) => `${num} 1`).join(" ");
  const rows = sorted.map(([, { kind, second, third }]) => bytesOf(kind, 1) + bytesOf(second, 4) + bytesOf(third, 2));
  return stream(rows.join(""), `/Type /XRef /W [1 4 2] /Index [${index}] ${common}`);
}

function bytesOf(value: number, width: number): string {
  return Array.from({ length: width }, (_, index) =>
    String.fromCharCode(Math.floor(value / 256 ** (width - 1 - index)) % 256),
  ).join("");
}

export const lastStartxref = (text: string): number => Number(/.*startxref\s+(\d+)/su.exec(text)?.[1] ?? 0);
const lastRoot = (text: string): string => /.*\/Root (\d+ \d+ R)/su.exec(text)?.[1] ?? "1 0 R";
function lastInfo(text: string): string {
  const found = /.*\/Info (\d+ \d+ R)/su.exec(text)?.[1];
  return found === undefined ? "" : ` /Info ${found}`;
}

export const bytesOfText = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
export const textOfBytes = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

/** The body of an object, which must be there. */
export function body(document: RawDocument, num: number): string {
  const found = document.bodies.get(num);
  if (found === undefined) {
    throw new Error(`the document has no object ${num}`);
  }
  return found;
}

/** Replaces text that must be there: an attack that changes nothing is none. */
export function swap(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, () => to);
  if (changed === text) {
    throw new Error(`nothing to replace: ${from}`);
  }
  return changed;
}
