/** Malformed DER, or a limit reached. The only error that the reader and the accessors of `der-values.ts` throw. */
export class DerProblem extends Error {
  override readonly name = "DerProblem";
  /** Offset in the bytes given to `readDer`. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export type DerClass = "universal" | "application" | "context" | "private";

const CLASSES = ["universal", "application", "context", "private"] as const;

/** Universal tags (X.680 8.4). */
export const TAG = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  nullValue: 5,
  oid: 6,
  enumerated: 10,
  utf8String: 12,
  sequence: 16,
  set: 17,
  numericString: 18,
  printableString: 19,
  teletexString: 20,
  ia5String: 22,
  utcTime: 23,
  generalizedTime: 24,
  visibleString: 26,
  universalString: 28,
  bmpString: 30,
} as const;

export interface DerOptions {
  /** Accept BER: indefinite lengths and non-minimal lengths. Every use is flagged in `DerNode.usesBer`. */
  readonly allowBer?: boolean;
  /** Accept bytes behind the first element (a padded /Contents); the caller looks at `DerNode.end`. */
  readonly allowTrailing?: boolean;
}

/** SECURITY: nested BER makes a reader recurse; no honest structure comes near this depth. */
const MAXIMUM_DEPTH = 64;

interface Reading {
  readonly bytes: Uint8Array;
  readonly allowBer: boolean;
}

/** One element (tag, length, value): views into the given bytes, children read when asked for. */
export class DerNode {
  readonly tagClass: DerClass;
  readonly tag: number;
  readonly constructed: boolean;
  /** Offsets in the bytes given to `readDer`. */
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
  /** This element's own length octets are BER that is not DER. */
  readonly berLength: boolean;
  readonly #reading: Reading;
  readonly #depth: number;
  #children: readonly DerNode[] | undefined;

  constructor(
    reading: Reading,
    header: Header,
    span: { readonly start: number; readonly contentEnd: number; readonly end: number },
    depth: number,
  ) {
    this.#reading = reading;
    this.#depth = depth;
    this.tagClass = header.tagClass;
    this.tag = header.tag;
    this.constructed = header.constructed;
    this.berLength = header.berLength;
    this.start = span.start;
    this.contentStart = header.contentStart;
    this.contentEnd = span.contentEnd;
    this.end = span.end;
  }

  /** Tag, length and value, without a copy. */
  get raw(): Uint8Array {
    return this.#reading.bytes.subarray(this.start, this.end);
  }

  /** The value, without a copy; the end-of-contents octets of an indefinite length are not part of it. */
  get content(): Uint8Array {
    return this.#reading.bytes.subarray(this.contentStart, this.contentEnd);
  }

  get children(): readonly DerNode[] {
    this.#children ??= [...this.elements()];
    return this.#children;
  }

  /** The children one after another and not kept: for lists of 100,000 entries. */
  *elements(): Generator<DerNode, void, undefined> {
    if (!this.constructed) {
      throw new DerProblem("a primitive element has no children", this.start);
    }
    let offset = this.contentStart;
    while (offset < this.contentEnd) {
      const child = readElement(this.#reading, offset, this.contentEnd, this.#depth + 1);
      yield child;
      offset = child.end;
    }
  }

  is(tagClass: DerClass, tag: number): boolean {
    return this.tagClass === tagClass && this.tag === tag;
  }

  isUniversal(tag: number): boolean {
    return this.is("universal", tag);
  }

  isContext(tag: number): boolean {
    return this.is("context", tag);
  }

  /** True when this element or one below it is BER that is not DER. Reads the whole tree. */
  usesBer(): boolean {
    if (this.berLength || (this.constructed && this.tagClass === "universal" && isStringTag(this.tag))) {
      return true;
    }
    return this.constructed && this.children.some((child) => child.usesBer());
  }
}

interface Header {
  readonly tagClass: DerClass;
  readonly tag: number;
  readonly constructed: boolean;
  readonly contentStart: number;
  /** Undefined: indefinite. */
  readonly length: number | undefined;
  readonly berLength: boolean;
}

/**
 * Reads one element (X.690). Strict DER lengths unless `allowBer`; exactly all of `bytes` unless `allowTrailing`.
 * Throws `DerProblem`.
 */
export function readDer(bytes: Uint8Array, options: DerOptions = {}): DerNode {
  const node = readElement({ bytes, allowBer: options.allowBer === true }, 0, bytes.length, 0);
  if (node.end !== bytes.length && options.allowTrailing !== true) {
    throw new DerProblem("bytes behind the end of the element", node.end);
  }
  return node;
}

function readElement(reading: Reading, start: number, limit: number, depth: number): DerNode {
  if (depth > MAXIMUM_DEPTH) {
    throw new DerProblem("nested too deeply", start);
  }
  const header = readHeader(reading, start, limit);
  if (header.length !== undefined) {
    const end = header.contentStart + header.length;
    return new DerNode(reading, header, { start, contentEnd: end, end }, depth);
  }
  const contentEnd = findEndOfContents(reading, header.contentStart, limit, depth + 1);
  return new DerNode(reading, header, { start, contentEnd, end: contentEnd + 2 }, depth);
}

function readHeader(reading: Reading, start: number, limit: number): Header {
  const { bytes, allowBer } = reading;
  let offset = start;
  const next = (): number => {
    const byte = offset < limit ? bytes[offset] : undefined;
    if (byte === undefined) {
      throw new DerProblem("cut short", start);
    }
    offset += 1;
    return byte;
  };
  const identifier = next();
  const tagClass = CLASSES[identifier >> 6] ?? "private";
  const constructed = (identifier & 0x20) !== 0;
  let tag = identifier & 0x1f;
  if (tag === 0x1f) {
    tag = 0;
    let byte: number;
    do {
      byte = next();
      tag = tag * 128 + (byte & 0x7f);
      if (tag > 0xff_ffff) {
        throw new DerProblem("tag number too high", start);
      }
    } while ((byte & 0x80) !== 0);
  }
  const first = next();
  if (first === 0x80) {
    if (!allowBer || !constructed) {
      throw new DerProblem("indefinite length where it is not allowed", start);
    }
    return { tagClass, tag, constructed, contentStart: offset, length: undefined, berLength: true };
  }
  let length = first;
  let berLength = false;
  if (first > 0x80) {
    const count = first & 0x7f;
    if (count > 6) {
      throw new DerProblem("length of more than six octets", start);
    }
    length = 0;
    for (let index = 0; index < count; index += 1) {
      length = length * 256 + next();
    }
    const minimal = length >= 0x80 && (count === 1 || length >= 256 ** (count - 1));
    if (!minimal && !allowBer) {
      throw new DerProblem("length is not in its shortest form", start);
    }
    berLength = !minimal;
  }
  if (length > limit - offset) {
    throw new DerProblem("element is longer than what holds it", start);
  }
  return { tagClass, tag, constructed, contentStart: offset, length, berLength };
}

/** Offset of the two zero octets that end an indefinite length. */
function findEndOfContents(reading: Reading, start: number, limit: number, depth: number): number {
  let offset = start;
  while (offset + 2 <= limit) {
    if (reading.bytes[offset] === 0 && reading.bytes[offset + 1] === 0) {
      return offset;
    }
    offset = readElement(reading, offset, limit, depth).end;
  }
  throw new DerProblem("indefinite length without an end", start);
}

function isStringTag(tag: number): boolean {
  return (
    tag === TAG.octetString ||
    tag === TAG.bitString ||
    (tag >= TAG.numericString && tag <= TAG.bmpString) ||
    tag === TAG.utf8String
  );
}
