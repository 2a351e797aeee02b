import { describe, expect, test } from "vitest";
import {
  CryptokiMemory,
  pointer,
  ulong,
} from "../../../../../electron/providers/certificate/tokens/cryptoki-memory.ts";

// PKCS#11 2.40 base specification 2.1: CK_ULONG is C's unsigned long; on Windows structures are packed to one byte.
const unix64 = new CryptokiMemory({ ulongBytes: 8, pointerBytes: 8, packed: false, littleEndian: true });
const windows64 = new CryptokiMemory({ ulongBytes: 4, pointerBytes: 8, packed: true, littleEndian: true });
const unix32 = new CryptokiMemory({ ulongBytes: 4, pointerBytes: 4, packed: false, littleEndian: false });

describe("a CK_ATTRIBUTE", () => {
  const attribute = [ulong(0x102), pointer(0x1122_3344_5566_7788n), ulong(5)] as const;
  const hex = (memory: CryptokiMemory) => Buffer.from(memory.structure(...attribute)).toString("hex");

  test("has 24 bytes on 64-bit Linux and macOS", () => {
    expect(hex(unix64)).toBe("020100000000000088776655443322110500000000000000");
    expect(unix64.attributeLengthOffset(1)).toBe(24 + 16);
  });

  test("has 16 bytes without padding on 64-bit Windows", () => {
    expect(hex(windows64)).toBe("02010000887766554433221105000000");
    expect(windows64.attributeLengthOffset(1)).toBe(16 + 12);
  });

  test("has 12 bytes where everything has 32 bits, in the order of the machine", () => {
    expect(hex(unix32)).toBe("000001025566778800000005");
    expect(unix32.attributeLengthOffset(0)).toBe(8);
  });
});

test("a CK_ULONG with all bits set is CK_UNAVAILABLE_INFORMATION", () => {
  expect(unix64.readUlong(new Uint8Array(8).fill(0xff), 0)).toBeUndefined();
  expect(windows64.readUlong(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1), 0)).toBeUndefined();
  expect(windows64.readUlong(Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 1), 0)).toBe(0xffff_fffen);
  expect(unix32.readUlongs(Uint8Array.of(0, 0, 0, 1, 0, 0, 2, 0), 2)).toEqual([1n, 512n]);
});

test("a structure that ends in something narrow is padded to its widest member", () => {
  const mixed = new CryptokiMemory({ ulongBytes: 4, pointerBytes: 8, packed: false, littleEndian: true });
  expect(mixed.structure(ulong(1), pointer(2n), ulong(3))).toHaveLength(24);
});
