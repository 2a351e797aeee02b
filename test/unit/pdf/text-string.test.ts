import { describe, expect, test } from "vitest";
import { decodeTextString } from "../../../electron/pdf/text-string.ts";

describe("a text string", () => {
  test.each([
    [[0x41, 0xe4], "Aä"],
    [[0x80, 0xa0, 0x92, 0x8d, 0x9e], "•€™“ž"],
    [[0x18, 0x1f], "˘˜"],
    [[0xfe, 0xff, 0x00, 0xe4, 0xd8, 0x3d, 0xde, 0x00], "ä😀"],
    [[0xff, 0xfe, 0xe4, 0x00], "ä"],
    [[0xef, 0xbb, 0xbf, 0xc3, 0xa4], "ä"],
    [[], ""],
  ])("of the bytes %j is decoded as ISO 32000-2 7.9.2.2 and annex D.3 say", (bytes, expected) => {
    expect(decodeTextString(Uint8Array.from(bytes))).toBe(expected);
  });
});
