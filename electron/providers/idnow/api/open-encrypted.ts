import { createDecipheriv } from "node:crypto";

const KEY_LENGTH = 32;
const IV_LENGTH = 23;
const TAG_LENGTH = 16;

/**
 * Opens a body of a `/crypt` call: 23 bytes IV, AES-256-GCM ciphertext, tag (manual 9.4; 16 bytes and no additional data
 * are our reading). Null when it does not open: another key, or something was changed.
 */
export function openEncrypted(key: Uint8Array, body: Uint8Array): Uint8Array | null {
  if (key.length !== KEY_LENGTH || body.length < IV_LENGTH + TAG_LENGTH) {
    return null;
  }
  const iv = body.subarray(0, IV_LENGTH);
  const tag = body.subarray(body.length - TAG_LENGTH);
  // SECURITY: the whole tag, or a forger needs to guess fewer bits (NIST SP 800-38D 5.2.1.2).
  const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_LENGTH });
  decipher.setAuthTag(tag);
  const start = decipher.update(body.subarray(IV_LENGTH, body.length - TAG_LENGTH));
  try {
    return new Uint8Array(Buffer.concat([start, decipher.final()]));
  } catch {
    start.fill(0);
    return null;
  }
}
