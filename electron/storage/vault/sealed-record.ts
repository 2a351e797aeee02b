import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
/** NIST SP 800-38D 8.2.2: a random 96-bit nonce for each record, far below 2^32 records a key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export const RECORD_VERSION = 1;

export interface SealedRecord {
  readonly version: number;
  readonly nonce: Uint8Array;
  /** Ciphertext and tag. */
  readonly sealed: Uint8Array;
}

export function sealRecord(key: Uint8Array, id: string, secret: Uint8Array): SealedRecord {
  const nonce = new Uint8Array(randomBytes(NONCE_BYTES));
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(bindingOf(id, RECORD_VERSION));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  return { version: RECORD_VERSION, nonce, sealed: new Uint8Array(sealed) };
}

/** Null when the key is another one, or when the record was changed, moved to another id or cut. */
export function openRecord(key: Uint8Array, id: string, record: SealedRecord): Uint8Array | null {
  const { version, nonce, sealed } = record;
  if (version !== RECORD_VERSION || nonce.length !== NONCE_BYTES || sealed.length < TAG_BYTES) {
    return null;
  }
  const split = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bindingOf(id, version));
  decipher.setAuthTag(sealed.subarray(split));
  const secret = decipher.update(sealed.subarray(0, split));
  try {
    decipher.final();
  } catch {
    secret.fill(0);
    return null;
  }
  const opened = new Uint8Array(secret);
  secret.fill(0);
  return opened;
}

// SECURITY: without the id in the seal, somebody who can write the file could swap two credentials.
function bindingOf(id: string, version: number): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(["sealdesk-vault", version, id]));
}
