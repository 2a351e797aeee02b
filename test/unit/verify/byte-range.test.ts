import { describe, expect, test } from "vitest";

import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { dict, hex, literal, type PdfObject } from "../../../electron/pdf/objects.ts";
import type { PdfFile } from "../../../electron/pdf/pdf-file.ts";
import { checkByteRange } from "../../../electron/verify/byte-range.ts";

// 0        10        20        30
const BYTES = "5 0 obj << /Contents <aBcD> >> endobj";
const GAP = BYTES.indexOf("<aBcD>");

/** Only what the check asks for. */
function fileOf(text: string): PdfFile {
  const resolve = (object: PdfObject | undefined): PdfObject => object ?? null;
  return {
    source: memorySource(new TextEncoder().encode(text)),
    resolve,
    get: (dictionary: ReturnType<typeof dict>, key: string) => resolve(dictionary.entries.get(key)),
  } as unknown as PdfFile;
}

const check = (range: PdfObject, contents: PdfObject = hex(Uint8Array.of(0xab, 0xcd)), text = BYTES): string => {
  const result = checkByteRange(fileOf(text), dict({ ByteRange: range, Contents: contents }), 0);
  return result.ok ? "ok" : result.finding.code;
};
const end = BYTES.length;

describe("the byte range", () => {
  test("is right when it leaves out exactly the hexadecimal value, whatever its letters' case", () => {
    expect(check([0, GAP, GAP + 6, end - GAP - 6])).toBe("ok");
  });

  test.each<readonly [string, PdfObject]>([
    ["byte-range.missing", null],
    ["byte-range.malformed", [0, GAP, GAP + 6]],
    ["byte-range.malformed", [0, GAP, GAP + 6, -1]],
    ["byte-range.malformed", [0, GAP, GAP + 6, null]],
    ["byte-range.malformed", [0, GAP, GAP + 6, 1, 5, 5]],
    ["byte-range.start", [1, GAP, GAP + 6, 5]],
    ["byte-range.outside", [0, GAP, GAP + 6, end]],
    ["byte-range.gap", [0, GAP, GAP, 5]],
    ["byte-range.gap", [0, GAP - 1, GAP + 6, 5]],
    ["byte-range.gap", [0, GAP, GAP + 7, 5]],
    ["byte-range.gap", [0, GAP + 1, GAP + 7, 5]],
  ])("gives %s for %j", (code, range) => {
    expect(check(range)).toBe(code);
  });

  test("does not accept a value that is missing, empty, literal or another one", () => {
    const range = [0, GAP, GAP + 6, end - GAP - 6];
    expect(check(range, null)).toBe("contents.missing");
    expect(check(range, hex(new Uint8Array()))).toBe("contents.missing");
    expect(check(range, literal(Uint8Array.of(0xab, 0xcd)))).toBe("contents.not-hexadecimal");
    expect(check(range, hex(Uint8Array.of(0xab, 0xce)))).toBe("byte-range.gap");
  });

  test("does not accept a gap that is not this dictionary's /Contents", () => {
    const other = BYTES.replace("/Contents", "/Elsewher");
    expect(check([0, GAP, GAP + 6, end - GAP - 6], hex(Uint8Array.of(0xab, 0xcd)), other)).toBe("byte-range.elsewhere");
  });
});
