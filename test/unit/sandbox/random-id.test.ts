import { expect, test } from "vitest";
import { randomGuid, randomId } from "../../../sandbox/random-id.ts";

test("An id has the asked length in letters and digits, and skips the bytes that would favour some letters", () => {
  const bytes = [255, 252, 0, 35, 36, 251];
  let at = 0;
  const random = (length: number): Uint8Array => Uint8Array.from({ length }, () => bytes[at++ % bytes.length] ?? 0);
  // 255 and 252 are skipped; 0 → a, 35 → 9, 36 → a again, 251 = 6 × 36 + 35 → 9.
  expect(randomId(random, 6)).toBe("a9a9a9");
});

test("A GUID is a random UUID of version 4", () => {
  // RFC 9562 5.4: version 4 in the seventh octet, variant 10 in the ninth.
  expect(randomGuid((length) => new Uint8Array(length).fill(0xff))).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
  expect(randomGuid((length) => new Uint8Array(length))).toBe("00000000-0000-4000-8000-000000000000");
});
