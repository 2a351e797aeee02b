import { DerProblem, type DerNode, TAG } from "./der-reader.ts";

/** Throws `DerProblem` unless the element has this universal tag. */
export function expectTag(node: DerNode | undefined, tag: number, what: string, parent?: DerNode): DerNode {
  if (node === undefined) {
    throw new DerProblem(`${what} is missing`, parent?.start ?? 0);
  }
  if (!node.isUniversal(tag)) {
    throw new DerProblem(`${what} has another type`, node.start);
  }
  return node;
}

/** Children of a SEQUENCE. */
export function sequenceOf(node: DerNode | undefined, what: string, parent?: DerNode): readonly DerNode[] {
  return expectTag(node, TAG.sequence, what, parent).children;
}

export function readOid(node: DerNode | undefined, what = "object identifier", parent?: DerNode): string {
  return decodeOid(expectTag(node, TAG.oid, what, parent));
}

/** Value octets as an object identifier whatever the tag (implicit tagging). */
export function decodeOid(node: DerNode): string {
  const { content } = node;
  if (content.length === 0 || content.length > 128 || ((content.at(-1) ?? 0) & 0x80) !== 0) {
    throw new DerProblem("broken object identifier", node.start);
  }
  const arcs: (number | bigint)[] = [];
  let arc: number | bigint = 0;
  for (const byte of content) {
    // Arcs above 2^53 exist (UUID-based identifiers): numbers for the common case, bigint for these.
    arc =
      typeof arc === "number" && arc < 2 ** 45 ? arc * 128 + (byte & 0x7f) : BigInt(arc) * 128n + BigInt(byte & 0x7f);
    if ((byte & 0x80) === 0) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const top = first < 40 ? 0 : first < 80 ? 1 : 2;
  return [top, BigInt(first) - BigInt(top * 40), ...rest].join(".");
}

export function readInteger(node: DerNode | undefined, what = "integer", parent?: DerNode): bigint {
  return integerOf(expectTag(node, TAG.integer, what, parent).content);
}

/** Two's complement, big-endian. */
export function integerOf(content: Uint8Array): bigint {
  if (content.length === 0) {
    return 0n;
  }
  const unsigned = BigInt(`0x${toHex(content)}`);
  return ((content[0] ?? 0) & 0x80) === 0 ? unsigned : unsigned - (1n << BigInt(content.length * 8));
}

/** An integer that fits a JavaScript number. */
export function readSmallInteger(node: DerNode | undefined, what = "integer", parent?: DerNode): number {
  const value = readInteger(node, what, parent);
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) {
    throw new DerProblem(`${what} is too big`, node?.start ?? 0);
  }
  return Number(value);
}

export function readBoolean(node: DerNode | undefined, what = "boolean", parent?: DerNode): boolean {
  const { content, start } = expectTag(node, TAG.boolean, what, parent);
  if (content.length !== 1) {
    throw new DerProblem("broken boolean", start);
  }
  return content[0] !== 0;
}

export function readEnumerated(node: DerNode | undefined, what = "enumerated", parent?: DerNode): number {
  return Number(integerOf(expectTag(node, TAG.enumerated, what, parent).content));
}

/** The octets; a constructed BER string is joined. */
export function readOctetString(node: DerNode | undefined, what = "octet string", parent?: DerNode): Uint8Array {
  return joinedOctets(expectTag(node, TAG.octetString, what, parent));
}

/** Octets of a string element whatever its tag; BER allows a string to be split into pieces (X.690 8.7.3). */
export function joinedOctets(node: DerNode): Uint8Array {
  if (!node.constructed) {
    return node.content;
  }
  const pieces = node.children.map((child) =>
    joinedOctets(expectTag(child, TAG.octetString, "piece of an octet string")),
  );
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    joined.set(piece, offset);
    offset += piece.length;
  }
  return joined;
}

export interface BitString {
  readonly bytes: Uint8Array;
  readonly unusedBits: number;
}

export function readBitString(node: DerNode | undefined, what = "bit string", parent?: DerNode): BitString {
  return bitStringOf(expectTag(node, TAG.bitString, what, parent));
}

export function bitStringOf(node: DerNode): BitString {
  const unusedBits = node.content[0];
  if (node.constructed || unusedBits === undefined || unusedBits > 7 || (unusedBits > 0 && node.content.length === 1)) {
    throw new DerProblem("broken bit string", node.start);
  }
  return { bytes: node.content.subarray(1), unusedBits };
}

/** True when named bit `index` is set (bit 0 is the first). */
export function hasBit(bits: BitString, index: number): boolean {
  return ((bits.bytes[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
}

const UTF8 = new TextDecoder("utf-8");
const LATIN1 = new TextDecoder("latin1");
const UTF16 = new TextDecoder("utf-16be");

/** Text of any of the string types; undefined when the element is no string. */
export function textOf(node: DerNode): string | undefined {
  if (node.tagClass !== "universal" || node.constructed) {
    return undefined;
  }
  switch (node.tag) {
    case TAG.utf8String:
      return UTF8.decode(node.content);
    case TAG.bmpString:
      return UTF16.decode(node.content);
    case TAG.universalString:
      return utf32(node.content);
    case TAG.printableString:
    case TAG.numericString:
    case TAG.ia5String:
    case TAG.visibleString:
    case TAG.teletexString:
      return LATIN1.decode(node.content);
    default:
      return undefined;
  }
}

function utf32(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let offset = 0; offset + 4 <= bytes.length; offset += 4) {
    const point = view.getUint32(offset);
    text += point <= 0x10_ff_ff ? String.fromCodePoint(point) : "\uFFFD";
  }
  return text;
}

const TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{4})$/u;

/** UTCTime or GeneralizedTime (RFC 5280 4.1.2.5; fractions as in RFC 3161). */
export function readTime(node: DerNode | undefined, what = "time", parent?: DerNode): Date {
  if (node === undefined) {
    throw new DerProblem(`${what} is missing`, parent?.start ?? 0);
  }
  const text = LATIN1.decode(node.content);
  if (node.isUniversal(TAG.generalizedTime)) {
    return timeOf(text, node.start);
  }
  if (!node.isUniversal(TAG.utcTime)) {
    throw new DerProblem(`${what} has another type`, node.start);
  }
  return timeOf(`${Number(text.slice(0, 2)) < 50 ? "20" : "19"}${text}`, node.start);
}

/** GeneralizedTime text whatever its tag. */
export function timeOf(text: string, offset: number): Date {
  const match = TIME.exec(text);
  if (match === null) {
    throw new DerProblem("broken time", offset);
  }
  const [, year, month, day, hour, minute, second = "00", fraction = "", zone = "Z"] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, "0")}`;
  const date = new Date(`${iso}${zone === "Z" ? "Z" : `${zone.slice(0, 3)}:${zone.slice(3)}`}`);
  if (Number.isNaN(date.getTime())) {
    throw new DerProblem("no such time", offset);
  }
  return date;
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
