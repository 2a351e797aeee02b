import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findEntry } from "../../../electron/pki/crl-entries.ts";
import { readDer } from "../../../electron/pki/der-reader.ts";
import { integerOf } from "../../../electron/pki/der-values.ts";
import * as der from "../../../electron/pki/der-writer.ts";

const TIME = der.utcTime(new Date("2026-01-01T00:00:00Z"));
const list = (...entries: readonly Uint8Array[]) => readDer(der.sequence(...entries), { allowBer: true });
const serialOf = (entry: ReturnType<typeof findEntry>): bigint | undefined =>
  entry === undefined ? undefined : integerOf(entry.children[0]!.content);

describe("an entry of a revocation list", () => {
  test("is found exactly when its serial number is there, whatever the numbers and sizes", () => {
    const number = fc.oneof(fc.bigInt({ min: 0n, max: 300n }), fc.bigInt({ min: 0n, max: 2n ** 160n }));
    const entry = fc.tuple(number, fc.constantFrom(0, 10, 200, 70_000));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), number, (entries, wanted) => {
        const all = list(
          ...entries.map(([serial, filling]) =>
            der.sequence(der.integer(serial), TIME, der.octetString(new Uint8Array(filling))),
          ),
        );
        const expected = entries.some(([serial]) => serial === wanted) ? wanted : undefined;
        expect(serialOf(findEntry(all, wanted))).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  test("is found when its number is filled up with zeros, as BER allows", () => {
    const filled = der.sequence(der.element(0x02, Uint8Array.of(0, 0, 7)), TIME);
    expect(serialOf(findEntry(list(der.sequence(der.integer(6), TIME), filled), 7n))).toBe(7n);
  });

  test("in a list of something else is a problem, not a silence", () => {
    expect(() => findEntry(list(der.integer(5)), 5n)).toThrow(/primitive/u);
  });
});
