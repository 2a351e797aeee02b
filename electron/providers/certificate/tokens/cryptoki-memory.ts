/**
 * How the module lays out memory (PKCS#11 2.40 base specification 2.1, 3.1): CK_ULONG is C's `unsigned long`, and on
 * Windows all structures are packed to one byte.
 */
export interface CryptokiLayout {
  readonly ulongBytes: 4 | 8;
  readonly pointerBytes: 4 | 8;
  readonly packed: boolean;
  readonly littleEndian: boolean;
}

/** CK_UNAVAILABLE_INFORMATION: all bits set. */
const UNAVAILABLE: Readonly<Record<4 | 8, bigint>> = { 4: 0xffff_ffffn, 8: 0xffff_ffff_ffff_ffffn };

export interface Field {
  readonly kind: "ulong" | "pointer";
  readonly value: bigint;
}

export const ulong = (value: number | bigint): Field => ({ kind: "ulong", value: BigInt(value) });
export const pointer = (value: bigint): Field => ({ kind: "pointer", value });

/** Writes and reads the few structures that are needed; what they point at is kept alive by the caller. */
export class CryptokiMemory {
  readonly layout: CryptokiLayout;

  constructor(layout: CryptokiLayout) {
    this.layout = layout;
  }

  /** A structure of CK_ULONGs and pointers, each aligned to its size unless packed; padded at the end likewise. */
  structure(...fields: readonly Field[]): Uint8Array {
    const { ulongBytes, pointerBytes, packed, littleEndian } = this.layout;
    const bytes: number[] = [];
    let widest = 1;
    const align = (size: number): void => {
      const missing = packed ? 0 : (size - (bytes.length % size)) % size;
      bytes.push(...Array.from({ length: missing }, () => 0));
    };
    for (const { kind, value } of fields) {
      const size = kind === "ulong" ? ulongBytes : pointerBytes;
      widest = Math.max(widest, size);
      align(size);
      const octets = Array.from({ length: size }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn));
      bytes.push(...(littleEndian ? octets : octets.toReversed()));
    }
    align(widest);
    return Uint8Array.from(bytes);
  }

  /** Room for `count` CK_ULONGs. */
  ulongs(count: number): Uint8Array {
    return new Uint8Array(Math.max(1, count) * this.layout.ulongBytes);
  }

  /** The CK_ULONG at a byte offset; undefined for "unavailable". Flags, lengths and handles all fit a bigint. */
  readUlong(bytes: Uint8Array, offset: number): bigint | undefined {
    const { ulongBytes, littleEndian } = this.layout;
    const octets = Array.from(bytes.subarray(offset, offset + ulongBytes));
    const ordered = littleEndian ? octets.toReversed() : octets;
    const value = ordered.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
    return value === UNAVAILABLE[ulongBytes] ? undefined : value;
  }

  readUlongs(bytes: Uint8Array, count: number): readonly bigint[] {
    return Array.from({ length: count }, (_, index) => this.readUlong(bytes, index * this.layout.ulongBytes) ?? 0n);
  }

  /** Where ulValueLen lies in the CK_ATTRIBUTE with this number of an array of them. */
  attributeLengthOffset(index: number): number {
    const { ulongBytes, pointerBytes, packed } = this.layout;
    const lengthAt = packed ? ulongBytes + pointerBytes : 2 * Math.max(ulongBytes, pointerBytes);
    return index * this.structure(ulong(0), pointer(0n), ulong(0)).length + lengthAt;
  }
}
