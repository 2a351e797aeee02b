import { describe, expect, test } from "vitest";

import * as der from "../../../electron/pki/der-writer.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("the DER writer", () => {
  test("writes integers in the fewest two's complement octets (X.690 8.3)", () => {
    expect(hex(der.integer(0))).toBe("020100");
    expect(hex(der.integer(127))).toBe("02017f");
    expect(hex(der.integer(128))).toBe("02020080");
    expect(hex(der.integer(-128))).toBe("020180");
    expect(hex(der.integer(-129))).toBe("0202ff7f");
    expect(hex(der.integer(Uint8Array.of(0, 0, 0x80)))).toBe("02020080");
  });

  test("writes the object identifier of the example in X.690 8.19.5", () => {
    expect(hex(der.oid("2.999.3"))).toBe("0603883703");
    expect(hex(der.oid("1.2.840.113549"))).toBe("06062a864886f70d");
  });

  test("refuses what is no object identifier", () => {
    expect(() => der.oid("1.2.")).toThrow(TypeError);
    expect(() => der.oid("3.1")).toThrow(TypeError);
  });

  test("uses the short length up to 127 and the shortest long one above", () => {
    expect(hex(der.octetString(new Uint8Array(127)).subarray(0, 2))).toBe("047f");
    expect(hex(der.octetString(new Uint8Array(128)).subarray(0, 3))).toBe("048180");
    expect(hex(der.octetString(new Uint8Array(256)).subarray(0, 4))).toBe("04820100");
  });

  test("sorts a SET OF by the encodings (X.690 11.6)", () => {
    expect(hex(der.setOf([der.integer(5), der.integer(3), der.boolean(true)]))).toBe("31090101ff020103020105");
  });

  test("leaves trailing zero bits out of named bits (X.690 11.2.2)", () => {
    // KeyUsage digitalSignature and nonRepudiation, as in every qualified certificate.
    expect(hex(der.namedBits([0, 1]))).toBe("030206c0");
    expect(hex(der.namedBits([5, 6]))).toBe("03020106");
  });

  test("changes from UTCTime to GeneralizedTime in 2050 (RFC 5280 4.1.2.5)", () => {
    expect(Buffer.from(der.x509Time(new Date("2049-12-31T23:59:59Z"))).toString("latin1")).toBe(
      "\u0017\r491231235959Z",
    );
    expect(Buffer.from(der.x509Time(new Date("2050-01-01T00:00:00Z"))).toString("latin1")).toBe(
      "\u0018\u000f20500101000000Z",
    );
  });

  test("refuses characters that PrintableString does not have", () => {
    expect(() => der.printableString("a@b")).toThrow(TypeError);
  });

  test("replaces only the identifier when it tags implicitly", () => {
    expect(hex(der.retag(0, der.setOf([der.integer(1)])))).toBe("a003020101");
    expect(hex(der.retag(2, der.octetString(Uint8Array.of(7))))).toBe("820107");
  });
});
