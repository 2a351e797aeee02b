/**
 * Strict DER (X.690 section 10 and 11). Every function takes values or finished elements and gives one finished
 * element, so structures are written as nested calls.
 */

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

/** One element with the given identifier octet and value. */
export function element(identifier: number, content: Uint8Array): Uint8Array {
  const length = lengthOctets(content.length);
  const result = new Uint8Array(1 + length.length + content.length);
  result[0] = identifier;
  result.set(length, 1);
  result.set(content, 1 + length.length);
  return result;
}

function lengthOctets(length: number): readonly number[] {
  if (length < 0x80) {
    return [length];
  }
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) {
    octets.unshift(rest % 256);
  }
  return [0x80 | octets.length, ...octets];
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => element(0x30, concatBytes(parts));

/** SET with the parts in the given order (distinct types: the caller orders by tag, X.690 10.3). */
export const set = (...parts: readonly Uint8Array[]): Uint8Array => element(0x31, concatBytes(parts));

/** SET OF: the encodings are sorted (X.690 11.6). */
export const setOf = (parts: readonly Uint8Array[]): Uint8Array =>
  element(0x31, concatBytes([...parts].sort(compareEncodings)));

/** X.690 11.6: as octet strings, the shorter padded with zeroes. */
function compareEncodings(a: Uint8Array, b: Uint8Array): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/** A `Uint8Array` is an unsigned big-endian number (a serial number, an RSA modulus). */
export function integer(value: bigint | number | Uint8Array): Uint8Array {
  return element(0x02, integerContent(value));
}

export function enumerated(value: number): Uint8Array {
  return element(0x0a, integerContent(value));
}

function integerContent(value: bigint | number | Uint8Array): Uint8Array {
  if (value instanceof Uint8Array) {
    return unsignedContent(value);
  }
  if (value >= 0) {
    const hexadecimal = value.toString(16);
    return unsignedContent(
      Buffer.from(hexadecimal.padStart(hexadecimal.length + (hexadecimal.length % 2), "0"), "hex"),
    );
  }
  let rest = BigInt(value);
  const octets: number[] = [];
  do {
    octets.unshift(Number(rest & 0xffn));
    rest >>= 8n;
  } while (rest !== 0n && rest !== -1n);
  const negative = BigInt(value) < 0n;
  const signBit = ((octets[0] ?? 0) & 0x80) !== 0;
  if (negative !== signBit) {
    octets.unshift(negative ? 0xff : 0);
  }
  return Uint8Array.from(octets);
}

function unsignedContent(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  if (first === -1) {
    return new Uint8Array(1);
  }
  const significant = bytes.subarray(first);
  return ((significant[0] ?? 0) & 0x80) === 0 ? significant : concatBytes([new Uint8Array(1), significant]);
}

/** Dotted decimal: "1.2.840.113549.1.7.2". */
export function oid(dotted: string): Uint8Array {
  return element(0x06, oidContent(dotted));
}

/** The value octets alone, for implicit tagging. */
export function oidContent(dotted: string): Uint8Array {
  if (!/^[0-2](?:\.(?:0|[1-9]\d*))+$/u.test(dotted)) {
    throw new TypeError(`not an object identifier: ${dotted}`);
  }
  const [first = 0n, second = 0n, ...rest] = dotted.split(".").map(BigInt);
  const octets: number[] = [];
  for (const arc of [first * 40n + second, ...rest]) {
    octets.push(...base128(arc));
  }
  return Uint8Array.from(octets);
}

function base128(arc: bigint): readonly number[] {
  const octets = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) {
    octets.unshift(Number(rest & 0x7fn) | 0x80);
  }
  return octets;
}

export const octetString = (bytes: Uint8Array): Uint8Array => element(0x04, bytes);

export const bitString = (bytes: Uint8Array, unusedBits = 0): Uint8Array =>
  element(0x03, concatBytes([Uint8Array.of(unusedBits), bytes]));

/** Named bits (KeyUsage): trailing zero bits are left out (X.690 11.2.2). Bit 0 is the first. */
export function namedBits(bits: readonly number[]): Uint8Array {
  if (bits.length === 0) {
    return bitString(new Uint8Array());
  }
  const highest = Math.max(...bits);
  const bytes = new Uint8Array(Math.floor(highest / 8) + 1);
  for (const bit of bits) {
    const index = Math.floor(bit / 8);
    bytes[index] = (bytes[index] ?? 0) | (0x80 >> (bit % 8));
  }
  return bitString(bytes, 7 - (highest % 8));
}

const UTF8 = new TextEncoder();

export const utf8String = (text: string): Uint8Array => element(0x0c, UTF8.encode(text));

export function printableString(text: string): Uint8Array {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/u.test(text)) {
    throw new TypeError("a character that PrintableString does not have");
  }
  return element(0x13, UTF8.encode(text));
}

export function ia5String(text: string): Uint8Array {
  // oxlint-disable-next-line no-control-regex -- IA5 is exactly these characters
  if (!/^[\u0000-\u007F]*$/u.test(text)) {
    throw new TypeError("a character that IA5String does not have");
  }
  return element(0x16, UTF8.encode(text));
}

export const boolean = (value: boolean): Uint8Array => element(0x01, Uint8Array.of(value ? 0xff : 0));

export const nullValue = (): Uint8Array => element(0x05, new Uint8Array());

/** To whole seconds; only for 1950 to 2049 (RFC 5280 4.1.2.5.1). */
export function utcTime(date: Date): Uint8Array {
  const year = date.getUTCFullYear();
  if (year < 1950 || year > 2049) {
    throw new RangeError("UTCTime covers 1950 to 2049");
  }
  return element(0x17, UTF8.encode(digits(date).slice(2)));
}

/** To whole seconds (RFC 5280 4.1.2.5.2, RFC 3161 2.4.2). */
export const generalizedTime = (date: Date): Uint8Array => element(0x18, UTF8.encode(digits(date)));

/** UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280 4.1.2.5, RFC 5652 11.3). */
export function x509Time(date: Date): Uint8Array {
  const year = date.getUTCFullYear();
  return year >= 1950 && year <= 2049 ? utcTime(date) : generalizedTime(date);
}

function digits(date: Date): string {
  return `${date.toISOString().slice(0, 19).replaceAll(/[-:T]/gu, "")}Z`;
}

/** [tag] EXPLICIT around a finished element. */
export const explicit = (tag: number, bytes: Uint8Array): Uint8Array => element(0xa0 | tagNumber(tag), bytes);

/** [tag] IMPLICIT with `content` as value octets (not a finished element). */
export const implicit = (tag: number, content: Uint8Array, constructed = false): Uint8Array =>
  element((constructed ? 0xa0 : 0x80) | tagNumber(tag), content);

/** [tag] IMPLICIT around a finished element: its identifier is replaced, length and value stay. */
export function retag(tag: number, finished: Uint8Array): Uint8Array {
  const result = Uint8Array.from(finished);
  result[0] = 0x80 | ((finished[0] ?? 0) & 0x20) | tagNumber(tag);
  return result;
}

function tagNumber(tag: number): number {
  if (!Number.isInteger(tag) || tag < 0 || tag > 30) {
    throw new RangeError("tag numbers above 30 are not needed here");
  }
  return tag;
}
