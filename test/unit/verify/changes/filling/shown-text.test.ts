import { expect, test } from "vitest";

import {
  hasUnseenSigns,
  isMasked,
  isSameNumber,
  isSameText,
} from "../../../../../electron/verify/changes/filling/shown-text.ts";

test("takes a wrapped or spread text for the same, another order or letter not", () => {
  expect(isSameText("Main Street 1,Springfield", "Main Street 1,\rSpringfield")).toBe(true);
  expect(isSameText("1000", "1 000")).toBe(true);
  expect(isSameText("1000", "10000")).toBe(false);
  expect(isSameText("12", "21")).toBe(false);
  // U+0430 is Cyrillic.
  expect(isSameText("a", "\u0430")).toBe(false);
});

test.each(["1\u200B00", "\uFEFF100", "1\u202E00", "1\u00AD00", "1\u3164"])(
  "sees a sign that nobody sees in %j",
  (text) => {
    expect(hasUnseenSigns(text)).toBe(true);
  },
);

test("sees none in ordinary text", () => {
  expect(hasUnseenSigns("Åke Söder, 1 000 € – 中文 ‘x’\r\n")).toBe(false);
});

// What Acrobat's AFNumber_Format(decimals, separator style, …) makes of a value.
test.each([
  ["1,234.50", "1234.5", ".", true],
  ["1.234,50", "1234.5", ",", true],
  ["1234", "1234.4", ".", true],
  ["$1,234.50", "1234.5", ".", true],
  ["(1,234.50)", "-1234.5", ".", true],
  ["-1,234.50", "-1234.5", ".", true],
  ["0.12", "0.123", ".", true],
  ["1,234.50", "12345", ".", false],
  ["1,234.50", "1234.4", ".", false],
  ["1,234.50", "-1234.5", ".", false],
  ["1.234", "1234", ".", false],
  ["1,234", "1234", ",", false],
  ["12 apples", "12", ".", false],
  ["", "12", ".", false],
] as const)("compares the shown number %j with the value %j, decimal sign %j", (shown, value, sign, same) => {
  expect(isSameNumber(shown, value, sign)).toBe(same);
});

test("takes as many stars as a password has signs, and nothing else", () => {
  expect(isMasked("******", "secret")).toBe(true);
  expect(isMasked("*****", "secret")).toBe(false);
  expect(isMasked("secret", "secret")).toBe(false);
  expect(isMasked("*•*•*•", "secret")).toBe(false);
});
