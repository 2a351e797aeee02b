import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";
import { PdfProblem } from "../pdf-problem.ts";

/**
 * MD5, which the format prescribes for keys before AES-256; nothing relies on it being hard to collide. Throws PdfProblem
 * on a computer whose cryptography was built or set up without it (FIPS).
 */
export function md5(...parts: readonly Uint8Array[]): Buffer {
  const hash = newHash();
  for (const part of parts) {
    hash.update(part);
  }
  return hash.digest();
}

function newHash(): Hash {
  try {
    return createHash("md5");
  } catch {
    throw new PdfProblem("encryption-unsupported", "This computer does not allow MD5, which old encryptions need.");
  }
}
