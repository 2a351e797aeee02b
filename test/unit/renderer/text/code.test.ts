import { expect, test } from "vitest";
import { codeOf, digitsText } from "../../../../renderer/text/code.ts";

test.each([
  ["123456", "123456"],
  ["12 34 56", "123456"],
  ["  123-456\n", "123456"],
  ["Your code is 123456, valid for 5 minutes", "123456"],
  ["１２３４５６", "123456"],
  ["abc", ""],
])("of %j the digits are taken", (typed, digits) => {
  expect(codeOf(typed, 6)).toBe(digits);
});

test("how many digits a code has is said, also when there are several possibilities", () => {
  expect(digitsText({ minimum: 6, maximum: 6 })).toBe("The code has 6 digits.");
  expect(digitsText({ minimum: 5, maximum: 6 })).toBe("The code has 5 to 6 digits.");
});
