import { createCipheriv, createDecipheriv } from "node:crypto";

export const AES_BLOCK = 16;
const ZERO_IV = new Uint8Array(AES_BLOCK);

/**
 * Undoes AES-CBC with the initialisation vector in front and PKCS#7 padding behind (ISO 32000-2 7.6.3.1). What ends in
 * half a block, or in padding that is none, loses only that: other readers show such data too.
 */
export function aesCbcDecrypt(key: Uint8Array, data: Uint8Array): Uint8Array {
  const whole = data.length - (data.length % AES_BLOCK);
  if (whole < 2 * AES_BLOCK) {
    return new Uint8Array(0);
  }
  const decipher = createDecipheriv(algorithm(key), key, data.subarray(0, AES_BLOCK)).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(data.subarray(AES_BLOCK, whole)), decipher.final()]);
  const padding = plain.at(-1) ?? 0;
  return padding >= 1 && padding <= AES_BLOCK ? plain.subarray(0, plain.length - padding) : plain;
}

/** @param iv 16 bytes that nobody without the key can foresee. */
export function aesCbcEncrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = createCipheriv(algorithm(key), key, iv);
  return Buffer.concat([iv, cipher.update(data), cipher.final()]);
}

/** Whole blocks, without padding. */
export function aesCbcEncryptBlocks(key: Uint8Array, iv: Uint8Array, blocks: Uint8Array): Uint8Array {
  const cipher = createCipheriv(algorithm(key), key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]);
}

/** Whole blocks, without padding; the initialisation vector is zero (ISO 32000-2 7.6.4.3.3, algorithm 2.A). */
export function aesCbcDecryptBlocks(key: Uint8Array, blocks: Uint8Array): Uint8Array {
  const decipher = createDecipheriv(algorithm(key), key, ZERO_IV).setAutoPadding(false);
  return Buffer.concat([decipher.update(blocks), decipher.final()]);
}

/** One block under AES-256 in ECB mode, which is CBC with an initialisation vector of zero. */
export const aesDecryptBlock = (key: Uint8Array, block: Uint8Array): Uint8Array =>
  aesCbcDecryptBlocks(key, block.subarray(0, AES_BLOCK));

const algorithm = (key: Uint8Array): string => (key.length === 32 ? "aes-256-cbc" : "aes-128-cbc");
