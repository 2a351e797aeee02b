import type { ByteSource } from "./pdf-file.ts";

const CHUNK = 64 * 1024;
/** One buffer for all searches: a search never waits, so no two run at a time. */
const far = Buffer.alloc(256 * 1024);

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Node looks for up to six characters by `memchr` and for more by Boyer and Moore's way, which in compressed data takes three
 * times as long (measured: 22 and 62 ms for 100 MB).
 */
const QUICK = 6;
/** SECURITY: a file made of beginnings must not cost a comparison each. */
const MOST_BEGINNINGS = 64;

/** Offset of the first occurrence of an ASCII text in these bytes, or -1. */
export function indexOfText(bytes: Buffer, text: string): number {
  if (text.length <= QUICK) {
    return bytes.indexOf(text, 0, "latin1");
  }
  const beginning = text.slice(0, QUICK);
  let at = bytes.indexOf(beginning, 0, "latin1");
  for (let tries = 0; at >= 0 && tries < MOST_BEGINNINGS; tries += 1) {
    if (bytes.toString("latin1", at, at + text.length) === text) {
      return at;
    }
    at = bytes.indexOf(beginning, at + 1, "latin1");
  }
  return at < 0 ? -1 : bytes.indexOf(text, at, "latin1");
}

/** Offset of the first occurrence of an ASCII text within [from, to), or -1. Reads in chunks. */
export function findBytes(source: ByteSource, text: string, from: number, to = source.size): number {
  const end = Math.min(to, source.size);
  let start = Math.max(0, from);
  while (start < end) {
    // Windows end on block borders, so that most of them are not copied; the overlap catches a text across two.
    const windowEnd = Math.min(end, start - (start % CHUNK) + CHUNK);
    const found = indexOfText(buffer(source.read(start, windowEnd - start)), text);
    if (found >= 0) {
      return start + found;
    }
    const seam = Math.max(start, windowEnd - text.length + 1);
    const acrossAt = buffer(source.read(seam, Math.min(end, windowEnd + text.length - 1) - seam)).indexOf(
      text,
      0,
      "latin1",
    );
    if (acrossAt >= 0) {
      return seam + acrossAt;
    }
    start = windowEnd;
    if (source.readInto !== undefined) {
      // What is near is read again soon; a long way is gone once, and would fill the memory with blocks.
      return findFar((offset, target) => source.readInto?.(offset, target) ?? 0, text, seam, end);
    }
  }
  return -1;
}

function findFar(
  readInto: (offset: number, target: Uint8Array) => number,
  text: string,
  from: number,
  end: number,
): number {
  for (let start = from; start < end;) {
    const wanted = Math.min(far.length, end - start);
    const filled = readInto(start, far.subarray(0, wanted));
    const found = indexOfText(far.subarray(0, filled), text);
    if (found >= 0) {
      return start + found;
    }
    if (filled < wanted || start + filled >= end) {
      return -1;
    }
    start += filled - (text.length - 1);
  }
  return -1;
}

/** Offset of the last occurrence of an ASCII text within the last `reach` bytes, or -1. */
export function findLastBytes(source: ByteSource, text: string, reach: number): number {
  const start = Math.max(0, source.size - reach);
  const found = buffer(source.read(start, source.size - start)).lastIndexOf(text, undefined, "latin1");
  return found < 0 ? -1 : start + found;
}
