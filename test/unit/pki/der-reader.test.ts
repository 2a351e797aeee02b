import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { DerProblem, readDer } from "../../../electron/pki/der-reader.ts";
import { readInteger, readOctetString, readOid, readTime, timeOf } from "../../../electron/pki/der-values.ts";
import * as der from "../../../electron/pki/der-writer.ts";

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));

describe("the DER reader", () => {
  test("gives back every integer that the writer wrote", () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(readInteger(readDer(der.integer(value)))).toBe(value);
      }),
    );
  });

  test("gives back every object identifier that the writer wrote", () => {
    const arcs = fc.array(fc.bigInt({ min: 0n, max: 2n ** 130n }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 39 }), arcs, (second, rest) => {
        const dotted = ["1", second, ...rest].join(".");
        expect(readOid(readDer(der.oid(dotted)))).toBe(dotted);
      }),
    );
  });

  test("throws nothing but DerProblem, whatever the bytes", () => {
    const outcome = (input: Uint8Array): unknown => {
      try {
        return readDer(input, { allowBer: true, allowTrailing: true }).usesBer();
      } catch (error) {
        return error;
      }
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (input) => {
        const result = outcome(input);
        expect(typeof result === "boolean" || result instanceof DerProblem).toBe(true);
      }),
    );
  });

  test("refuses lengths that are not in their shortest form, unless BER is allowed", () => {
    expect(() => readDer(bytes("04810105"))).toThrow(DerProblem);
    expect(readDer(bytes("04810105"), { allowBer: true }).usesBer()).toBe(true);
  });

  test("refuses an element that is longer than what holds it", () => {
    expect(() => readDer(bytes("3003020500")).children).toThrow(DerProblem);
    expect(() => readDer(bytes("0405aa"))).toThrow(DerProblem);
  });

  test("refuses bytes behind the element, unless they are allowed", () => {
    expect(() => readDer(bytes("05000000"))).toThrow(DerProblem);
    expect(readDer(bytes("05000000"), { allowTrailing: true }).end).toBe(2);
  });

  test("reads indefinite lengths and joined strings where BER is allowed (X.690 8.1.3.6, 8.7.3)", () => {
    const split = bytes("2480040201020401030000");
    expect(() => readDer(split)).toThrow(DerProblem);
    expect([...readOctetString(readDer(split, { allowBer: true }))]).toEqual([1, 2, 3]);
  });

  test("does not follow nesting without end", () => {
    expect(() => readDer(bytes("3080".repeat(5000)), { allowBer: true })).toThrow(DerProblem);
    const deep = Array.from({ length: 100 }).reduce<Uint8Array>((inner) => der.sequence(inner), der.nullValue());
    expect(() => readDer(deep).usesBer()).toThrow(DerProblem);
  });

  test("walks 100,000 elements in a moment without keeping them", () => {
    const list = der.sequence(...Array.from({ length: 100_000 }, (_, index) => der.integer(index)));
    let sum = 0n;
    for (const node of readDer(list).elements()) {
      sum += readInteger(node);
    }
    expect(sum).toBe(4_999_950_000n);
  });
});

describe("times", () => {
  test("are read as RFC 5280 4.1.2.5 says", () => {
    expect(readTime(readDer(der.utcTime(new Date("1999-12-31T23:59:59Z")))).toISOString()).toBe(
      "1999-12-31T23:59:59.000Z",
    );
    expect(timeOf("20190412090032.613Z", 0).toISOString()).toBe("2019-04-12T09:00:32.613Z");
    expect(timeOf("20190412110032+0200", 0).toISOString()).toBe("2019-04-12T09:00:32.000Z");
  });

  test("that do not exist are refused", () => {
    expect(() => timeOf("20191312090032Z", 0)).toThrow(DerProblem);
    expect(() => timeOf("yesterday", 0)).toThrow(DerProblem);
  });
});
