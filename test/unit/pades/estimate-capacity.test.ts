import { describe, expect, test } from "vitest";
import { estimateCapacity } from "../../../electron/pades/estimate-capacity.ts";

describe("the room for the CMS", () => {
  test("holds an RSA 4096 signature with a chain of three and a large timestamp", () => {
    // Three certificates of 2,100 bytes; value 512; attributes, issuer and structure 900; token of 8 KiB.
    const chain = Array.from({ length: 3 }, () => new Uint8Array(2_100));
    expect(estimateCapacity({ chain, timestamped: false })).toBeGreaterThan(3 * 2_100 + 512 + 900);
    expect(estimateCapacity({ chain, timestamped: true })).toBeGreaterThan(3 * 2_100 + 512 + 900 + 8_192);
  });

  test("holds a usual chain before it is known", () => {
    expect(estimateCapacity({ chain: null, timestamped: false })).toBeGreaterThan(3 * 2_100 + 512 + 900);
  });
});
