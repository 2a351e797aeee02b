import { expect, test } from "vitest";
import { BYTE_RANGE_WIDTH, byteRangeText } from "../../../electron/pades/signature-dictionary.ts";

test.each([
  [0, 10, 20, 30],
  [0, 12_000_000_000, 12_000_040_000, 700],
  [0, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
] as const)("a byte range of any size fits its place: %d %d %d %d", (...range) => {
  const text = new TextDecoder().decode(byteRangeText(range));
  expect(text).toHaveLength(BYTE_RANGE_WIDTH);
  expect(text.trimEnd()).toBe(`[${range.join(" ")}]`);
});
