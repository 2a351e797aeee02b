import forge from "node-forge";
import { pbkdf2 } from "../../pki/algorithms.ts";

/**
 * node-forge derives keys in JavaScript whenever it is told the hash function, which PBES2 always does: 600,000
 * iterations, as Firefox writes them, then take seconds for each bag. The crypto library gives the same bytes (RFC 8018
 * 5.2) in a fraction. Strings hold one byte a character, as everywhere in node-forge.
 */
function nativePbkdf2(
  password: string,
  salt: string,
  iterations: number,
  length: number,
  hash?: forge.md.MessageDigest | string,
): string {
  // As node-forge: SHA-1 unless something else is named (RFC 8018 A.2).
  const name = typeof hash === "string" ? hash : ((hash as { algorithm?: string } | undefined)?.algorithm ?? "sha1");
  const bytes = (text: string): Buffer => Buffer.from(text, "latin1");
  return Buffer.from(pbkdf2(bytes(password), bytes(salt), iterations, length, name)).toString("latin1");
}

Object.assign(forge.pkcs5, { pbkdf2: nativePbkdf2 });

/** node-forge, quicker. */
export { forge };
