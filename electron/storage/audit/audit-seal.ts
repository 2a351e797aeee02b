import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { AuditEntry, AuditSeal } from "./audit-entry.ts";

export const AUDIT_KEY_BYTES = 32;

/** Names a key without telling anything about it. */
export function keyName(key: Uint8Array): string {
  return createHash("sha256").update("sealdesk audit key\0").update(key).digest("hex").slice(0, 16);
}

export function sealEntry({ seq, hash }: Pick<AuditEntry, "seq" | "hash">, key: Uint8Array): AuditSeal {
  return { seq, key: keyName(key), mac: macOf(seq, hash, key).toString("hex") };
}

export function sealHolds({ seq, mac }: AuditSeal, hash: string, key: Uint8Array): boolean {
  const given = Buffer.from(mac, "hex");
  const expected = macOf(seq, hash, key);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function macOf(seq: number, hash: string, key: Uint8Array): Buffer {
  return createHmac("sha256", key).update(`sealdesk audit seal\0${seq}\0${hash}`).digest();
}
