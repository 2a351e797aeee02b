import type { RandomSource } from "./random-id.ts";

/** A decimal number of so many digits, every one equally likely. */
export function randomDigits(random: RandomSource, length: number): string {
  let digits = "";
  while (digits.length < length) {
    for (const byte of random(length)) {
      // 250 = 25 × 10: larger bytes would favour the first digits.
      if (byte < 250 && digits.length < length) digits += String(byte % 10);
    }
  }
  return digits;
}
