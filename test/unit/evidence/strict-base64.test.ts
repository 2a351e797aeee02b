import { expect, test } from "vitest";

import { decodeBase64, decodeBase64Text } from "../../../electron/evidence/strict-base64.ts";

test("what an encoder writes is decoded, white space apart (RFC 4648 10)", () => {
  expect(decodeBase64Text("")).toBe("");
  expect(decodeBase64Text("Zg==")).toBe("f");
  expect(decodeBase64Text("Zm9v\r\nYmFy")).toBe("foobar");
});

test.each([
  ["bits behind the last byte", "Zh=="],
  ["missing padding", "Zg"],
  ["padding in the middle", "Zg==Zg=="],
  ["too much padding", "Zm9v="],
  ["one character", "Z"],
  ["the alphabet of URLs", "_-8="],
  ["another character", "Zm9v!"],
  ["a space that is none of XML's", "Zm9v\u00A0"],
])("another spelling of bytes is none: %s", (_title, text) => {
  expect(decodeBase64(text)).toBeUndefined();
});

test("bytes that are no UTF-8 are no text", () => {
  expect(decodeBase64Text("/w==")).toBeUndefined();
});
