import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { readOctetString, readOid, readSmallInteger, sequenceOf } from "../../pki/der-values.ts";
import type { DerNode } from "../../pki/der-reader.ts";
import { digestByOid } from "../../pki/digest.ts";

/** Digests of the integrity code that are in use, with the block size of each in bytes; all are in BoringSSL. */
const BLOCK_BYTES: Readonly<Record<string, number>> = {
  "SHA-1": 64,
  "SHA-224": 64,
  "SHA-256": 64,
  "SHA-384": 128,
  "SHA-512": 128,
};
const MAXIMUM_ITERATIONS = 1_000_000;
/** RFC 7292 B.3: the purpose of the derived key. */
const MAC_KEY = 3;

/**
 * Checks the integrity code of a PKCS#12 file of the older kind (RFC 7292 4 and B). By the crypto library: programs of
 * today write 600,000 iterations, which take a second here and half a minute in JavaScript.
 *
 * @param macData MacData; the code is over `content`. `null`: another digest than we know.
 */
export function checkPkcs12Mac(macData: DerNode, content: Uint8Array, password: string): boolean | null {
  const [digestInfo, saltNode, iterationCount] = sequenceOf(macData, "MAC data");
  const [algorithm, code] = sequenceOf(digestInfo, "MAC");
  const digest = digestByOid(readOid(sequenceOf(algorithm, "MAC algorithm")[0]));
  const block = digest === undefined ? undefined : BLOCK_BYTES[digest];
  const iterations = iterationCount === undefined ? 1 : readSmallInteger(iterationCount, "iterations");
  if (digest === undefined || block === undefined || iterations < 1 || iterations > MAXIMUM_ITERATIONS) {
    return null;
  }
  const hash = digest.replace("-", "").toLowerCase();
  const salt = readOctetString(saltNode, "salt");
  const expected = readOctetString(code, "MAC value");
  return passwordForms(password).some((form) => {
    const found = createHmac(hash, macKey(hash, block, form, salt, iterations))
      .update(content)
      .digest();
    return found.length === expected.length && timingSafeEqual(found, expected);
  });
}

/** B.1: UTF-16 with a closing zero. No password at all and an empty one are told apart by that zero alone. */
function passwordForms(password: string): readonly Uint8Array[] {
  const utf16 = Buffer.from(`${password}\0`, "utf16le").swap16();
  return password === "" ? [utf16, new Uint8Array()] : [utf16];
}

/** B.2 for the first block: a code's key is exactly as long as its digest. */
function macKey(hash: string, block: number, password: Uint8Array, salt: Uint8Array, iterations: number): Uint8Array {
  const diversifier = new Uint8Array(block).fill(MAC_KEY);
  let key: Uint8Array = createHash(hash)
    .update(diversifier)
    .update(filled(salt, block))
    .update(filled(password, block))
    .digest();
  for (let round = 1; round < iterations; round += 1) {
    key = createHash(hash).update(key).digest();
  }
  return key;
}

/** Repeated up to the next whole block; nothing stays nothing. */
function filled(bytes: Uint8Array, block: number): Uint8Array {
  const length = Math.ceil(bytes.length / block) * block;
  return Uint8Array.from({ length }, (_, index) => bytes[index % bytes.length] ?? 0);
}
