import { expect, test } from "vitest";
import { randomDigits } from "../../../sandbox/random-digits.ts";

test("Digits are drawn without favouring the first ones", () => {
  // 250 to 255 are thrown away: 249 is the last byte that counts.
  const bytes = [255, 250, 249, 0, 10, 255, 13];
  expect(randomDigits(() => Uint8Array.from(bytes), 4)).toBe("9003");
});
