import { expect, test } from "vitest";
import { passwordBytes, saslPrep } from "../../../../electron/pdf/encryption/password-bytes.ts";

// RFC 4013 section 3.
test.each([
  ["I\u00ADX", "IX"],
  ["user", "user"],
  ["USER", "USER"],
  ["\u00AA", "a"],
  ["\u2168", "IX"],
])("SASLprep maps %j to %j", (input, output) => {
  expect(saslPrep(input)).toBe(output);
});

test("other spaces become plain ones", () => {
  expect(saslPrep("a\u00A0b\u3000c")).toBe("a b c");
});

test("an old password is tried in PDFDocEncoding, then in UTF-8", () => {
  // ISO 32000-2 annex D.3: bullet 0x80, Euro 0xA0, o with stroke 0xF8.
  expect(passwordBytes("\u2022\u20AC\u00F8", 3).map((bytes) => Buffer.from(bytes).toString("hex"))).toEqual([
    "80a0f8",
    "e280a2e282acc3b8",
  ]);
  expect(passwordBytes("\u4E2D", 3).map((bytes) => Buffer.from(bytes).toString("hex"))).toEqual(["e4b8ad"]);
  expect(passwordBytes("plain", 3)).toHaveLength(1);
});

test("a new password is cut after 127 bytes", () => {
  expect(passwordBytes("x".repeat(200), 6).map(({ length }) => length)).toEqual([127]);
});
