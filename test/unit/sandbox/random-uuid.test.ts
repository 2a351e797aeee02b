import { expect, test } from "vitest";
import { randomUuid } from "../../../sandbox/random-uuid.ts";

test("A UUID is one of version 4", () => {
  // RFC 9562 5.4: version 4 in the seventh octet, variant 10 in the ninth.
  expect(randomUuid((length) => new Uint8Array(length).fill(0xff))).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
  expect(randomUuid((length) => new Uint8Array(length))).toBe("00000000-0000-4000-8000-000000000000");
});
