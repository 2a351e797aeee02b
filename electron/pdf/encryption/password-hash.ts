import { createHash } from "node:crypto";
import { aesCbcEncryptBlocks } from "./aes-cbc.ts";

/** The hash that guards passwords in revision 5 (Adobe Supplement to ISO 32000, extension level 3) and 6. 32 bytes. */
export function passwordHash(
  revision: number,
  password: Uint8Array,
  salt: Uint8Array,
  userKey: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const first = createHash("sha256").update(password).update(salt).update(userKey).digest();
  return revision === 5 ? first : hardened(first, password, userKey);
}

/** ISO 32000-2 7.6.4.3.4, algorithm 2.B. Ends after 64 to 287 rounds, for a byte is at most 255. */
function hardened(first: Uint8Array, password: Uint8Array, userKey: Uint8Array): Uint8Array {
  let key = first;
  for (let round = 0, last = 0; round < 64 || last > round - 32; round += 1) {
    const unit = Buffer.concat([password, key, userKey]);
    const repeated = Buffer.concat(Array.from({ length: 64 }, () => unit));
    const encrypted = aesCbcEncryptBlocks(key.subarray(0, 16), key.subarray(16, 32), repeated);
    // The first 16 bytes as a number modulo 3: 256 is 1 modulo 3, so the sum of the bytes has the same remainder.
    const remainder = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = createHash(remainder === 0 ? "sha256" : remainder === 1 ? "sha384" : "sha512")
      .update(encrypted)
      .digest();
    last = encrypted.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
}
