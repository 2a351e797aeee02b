/** `length` random bytes. */
export type RandomSource = (length: number) => Uint8Array;

const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/** An identifier in the form itsme uses: `length` characters of `[a-z0-9]`. */
export function randomId(random: RandomSource, length: number): string {
  let id = "";
  while (id.length < length) {
    for (const byte of random(length)) {
      // 252 = 7 × 36: larger bytes would favour the first letters.
      if (byte < 252 && id.length < length) id += alphabet.charAt(byte % 36);
    }
  }
  return id;
}
