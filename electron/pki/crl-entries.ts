import { type DerNode, readDer } from "./der-reader.ts";
import { integerOf } from "./der-values.ts";
import { integer } from "./der-writer.ts";

/**
 * The entry of a serial number, or undefined when the list has none. The bytes are walked without making objects: a
 * list of 50 MB has one and a half million entries. What is not plain DER is read the long way. Throws `DerProblem`.
 */
export function findEntry(entries: DerNode, serialNumber: bigint): DerNode | undefined {
  const found = walk(entries.content, readDer(integer(serialNumber)).content);
  if (found === "unusual") {
    return search(entries, serialNumber);
  }
  return found === undefined ? undefined : readDer(found, { allowBer: true });
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** Entries of DER: SEQUENCE { INTEGER serial, … }, lengths of up to two octets. */
function walk(bytes: Uint8Array, serial: Uint8Array): Uint8Array | "unusual" | undefined {
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at + 1] ?? 0;
    const more = first < 0x80 ? 0 : first & 0x7f;
    if (bytes[at] !== SEQUENCE || more > 2 || first === 0x80) {
      return "unusual";
    }
    const start = at + 2 + more;
    const length = more === 0 ? first : more === 1 ? (bytes[at + 2] ?? 0) : twoOctets(bytes, at + 2);
    const size = bytes[start + 1] ?? 0;
    const end = start + length;
    if (bytes[start] !== INTEGER || size === 0 || size >= 0x80 || start + 2 + size > end || end > bytes.length) {
      return "unusual";
    }
    if (size > serial.length && isFilled(bytes[start + 2] ?? 0, bytes[start + 3] ?? 0)) {
      return "unusual";
    }
    if (size === serial.length && isAt(bytes, start + 2, serial)) {
      return bytes.subarray(at, end);
    }
    at = end;
  }
  return undefined;
}

/** A number with an octet more than it needs: BER, to be compared as a number. */
const isFilled = (first: number, second: number): boolean =>
  (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);

const twoOctets = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);

function isAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  // From the end: authorities' serial numbers often begin alike.
  for (let index = wanted.length - 1; index >= 0; index -= 1) {
    if (bytes[at + index] !== wanted[index]) {
      return false;
    }
  }
  return true;
}

function search(entries: DerNode, serialNumber: bigint): DerNode | undefined {
  for (const entry of entries.elements()) {
    const serial = entry.elements().next().value;
    if (serial !== undefined && integerOf(serial.content) === serialNumber) {
      return entry;
    }
  }
  return undefined;
}
