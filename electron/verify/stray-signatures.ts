import { setImmediate } from "node:timers/promises";
import { findBytes, indexOfText } from "../pdf/find-bytes.ts";
import type { IndirectObject } from "../pdf/indirect-object.ts";
import { isDict, isRef, type PdfDict, type PdfRef, ref } from "../pdf/objects.ts";
import type { ByteSource, PdfFile } from "../pdf/pdf-file.ts";
import { readRanges } from "../pdf/read-ranges.ts";
import { type Finding, note, notShown } from "./finding.ts";
import { lastNotAfter, objectStarts, readAt } from "./object-places.ts";
import type { FoundSignature } from "./find-signatures.ts";

const MAXIMUM_HITS = 1000;

/** Looked through at a time before others get a turn: a few milliseconds. */
const STRETCH_BYTES = 4 * 1024 * 1024;
const MARK = "/ByteRange";

interface RawSearch {
  /** Where to begin; at the front when absent or negative. */
  readonly from?: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of the bytes that were looked through. */
  readonly onBytes?: (count: number) => void;
  /** Gets the bytes of a large file as they are looked through, with their offset. */
  readonly also?: ((bytes: Uint8Array, offset: number) => void) | undefined;
}

/**
 * Offsets of every "/ByteRange" in the raw bytes: the second, independent way to find signatures. Linear in the file's
 * size, so it lets other work go on in between: the window shows pages while a large file is looked through.
 */
export function rawByteRanges(path: string, source: ByteSource, search: RawSearch = {}): Promise<readonly number[]> {
  return isSmall(source) ? searchSource(source, search) : searchFile(path, source.size, search);
}

/** Small files are looked through in the source, which has read most of them already. */
export const isSmall = ({ size }: ByteSource): boolean => size <= STRETCH_BYTES;

/** A large file is read by other threads while this one looks through what has come. */
async function searchFile(
  path: string,
  size: number,
  { from = 0, signal, onBytes, also }: RawSearch,
): Promise<readonly number[]> {
  const start = Math.max(0, from);
  const offsets: number[] = [];
  let position = start;
  // A mark can begin in one part and end in the next.
  let tail = Buffer.alloc(0);
  const take = (part: Uint8Array): void => {
    const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
    addHits(Buffer.concat([tail, bytes.subarray(0, MARK.length - 1)]), position - tail.length, offsets);
    addHits(bytes, position, offsets);
    also?.(part, position);
    tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - MARK.length + 1)));
    position += bytes.length;
    onBytes?.(bytes.length);
  };
  const endedAt = await readRanges(path, [{ offset: start, length: size - start }], take, signal);
  if (endedAt !== null) {
    throw new Error("the file became shorter while it was read");
  }
  return offsets;
}

/** SECURITY: a file full of marks costs no more than the most that are wanted. */
function addHits(bytes: Buffer, offset: number, offsets: number[]): void {
  for (let from = 0; offsets.length < MAXIMUM_HITS;) {
    const at = indexOfText(bytes.subarray(from), MARK);
    if (at < 0) {
      return;
    }
    offsets.push(offset + from + at);
    from += at + 1;
  }
}

async function searchSource(source: ByteSource, { from = 0, signal, onBytes }: RawSearch): Promise<readonly number[]> {
  const offsets: number[] = [];
  for (let start = Math.max(0, from); start < source.size && offsets.length < MAXIMUM_HITS; start += STRETCH_BYTES) {
    signal?.throwIfAborted();
    // A mark that begins in this stretch may end in the next one.
    const end = start + STRETCH_BYTES + MARK.length - 1;
    for (let at = findBytes(source, MARK, start, end); at >= 0 && offsets.length < MAXIMUM_HITS;) {
      offsets.push(at);
      at = findBytes(source, MARK, at + 1, end);
    }
    onBytes?.(Math.min(STRETCH_BYTES, source.size - start));
    await setImmediate();
  }
  return offsets;
}

export interface StraySignatures {
  /** Current objects of the file that are signature dictionaries, but no field leads to them. */
  readonly unreachable: readonly FoundSignature[];
  readonly findings: readonly Finding[];
}

/** Explains every raw hit by a known signature, or says what it is. */
export function explainHits(file: PdfFile, hits: readonly number[], known: readonly FoundSignature[]): StraySignatures {
  const knownObjects = new Set(known.map(({ holder }) => holder?.num));
  const spans = known.flatMap(({ holder }) => spanOf(file, holder) ?? []);
  const unreachable: FoundSignature[] = [];
  const findings: Finding[] = [];
  const seen = new Set<number>();
  let starts: Float64Array | undefined;
  for (const hit of hits) {
    if (spans.some(({ offset, end }) => hit >= offset && hit < end)) {
      continue;
    }
    starts ??= objectStarts(file);
    const holder = objectAround(file, hit, starts);
    if (holder === undefined) {
      const message = "Signature-like bytes stand in a part of the file that belongs to no object.";
      findings.push(notShown("GENERIC", "signature.stray-bytes", message, { offset: hit }));
      continue;
    }
    if (knownObjects.has(holder.num) || seen.has(holder.num) || !isDict(holder.object)) {
      continue;
    }
    seen.add(holder.num);
    classify(file, holder, holder.object, unreachable, findings);
  }
  return { unreachable, findings };
}

function classify(
  file: PdfFile,
  holder: IndirectObject,
  dict: PdfDict,
  unreachable: FoundSignature[],
  findings: Finding[],
): void {
  const place = { offset: holder.offset };
  if (isUsageRights(file, holder.num)) {
    findings.push(
      note("signature.usage-rights", "The document has Adobe usage rights, which are no signature.", place),
    );
    return;
  }
  const entry = file.entry(holder.num);
  const current = entry?.kind === "offset" && entry.offset === holder.offset;
  if (!current) {
    const message = "An earlier revision of the document had a signature that is not there any more.";
    findings.push(notShown("GENERIC", "signature.removed", message, place));
    return;
  }
  const object = file.fetch(ref(holder.num, holder.gen));
  unreachable.push({
    field: "",
    fieldRef: undefined,
    holder: ref(holder.num, holder.gen),
    indirect: true,
    // Through the file, which decrypts its strings; what was read around the hit is as it stands.
    dict: isDict(object) ? object : dict,
    fields: 0,
  });
}

/** ISO 32000-1 12.8.2.3: /Perms /UR3 (or /UR) holds Adobe's signature, which opens functions of its own reader. */
function isUsageRights(file: PdfFile, num: number): boolean {
  const permissions = file.get(file.catalog, "Perms");
  if (!isDict(permissions)) {
    return false;
  }
  return ["UR", "UR3"].some((key) => {
    const value = permissions.entries.get(key);
    return isRef(value) && value.num === num;
  });
}

/** Where a known signature's object lies, so that its own hit needs no search through all entries. */
function spanOf(file: PdfFile, holder: PdfRef | undefined): IndirectObject | undefined {
  const entry = holder === undefined ? undefined : file.entry(holder.num);
  return entry?.kind === "offset" ? readAt(file, entry.offset) : undefined;
}

/** The object, of any revision, in whose bytes this offset lies. */
function objectAround(file: PdfFile, offset: number, starts: Float64Array): IndirectObject | undefined {
  const start = lastNotAfter(starts, offset);
  const found = start === undefined ? undefined : readAt(file, start);
  return found !== undefined && offset < found.end ? found : undefined;
}
