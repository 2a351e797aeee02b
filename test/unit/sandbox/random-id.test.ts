import { expect, test } from "vitest";
import { randomId } from "../../../sandbox/random-id.ts";

test("An id has the asked length in letters and digits, and skips the bytes that would favour some letters", () => {
  const bytes = [255, 252, 0, 35, 36, 251];
  let at = 0;
  const random = (length: number): Uint8Array => Uint8Array.from({ length }, () => bytes[at++ % bytes.length] ?? 0);
  // 255 and 252 are skipped; 0 → a, 35 → 9, 36 → a again, 251 = 6 × 36 + 35 → 9.
  expect(randomId(random, 6)).toBe("a9a9a9");
});
