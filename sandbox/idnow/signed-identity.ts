import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { asObject } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";
import type { PkiStore } from "../pki/pki-store.ts";
import type { RandomSource } from "../random-id.ts";

/** The blob of `getIdentData/…/Signed`: encrypted and authenticated, so that nobody but the sandbox reads or changes it. */
export interface SignedIdentities {
  seal(data: JsonObject): string;
  /** Whether a later order may leave out the identification, and the person in it; null: it may not. */
  open(blob: string, now: number): JsonObject | null;
}

const nonceBytes = 12;
const tagBytes = 16;

export function signedIdentities(store: PkiStore, random: RandomSource): SignedIdentities {
  const key = createHash("sha256").update(store.stableCode("idnow signed identity", 64)).digest();
  return {
    seal(data) {
      const nonce = random(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const body = Buffer.concat([cipher.update(JSON.stringify(data), "utf8"), cipher.final()]);
      return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString("base64");
    },
    open(blob, now) {
      const data = opened(Buffer.from(blob, "base64"), key);
      const card = asObject(data?.["IDCard"]);
      const validUntil = Date.parse(String(card?.["ValidUntil"]));
      const named = typeof data?.["Firstname"] === "string" && typeof data["Surname"] === "string";
      return named && validUntil > now ? data : null;
    },
  };
}

function opened(bytes: Buffer, key: Uint8Array): JsonObject | null {
  if (bytes.length <= nonceBytes + tagBytes) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    const text = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    return asObject(JSON.parse(text.toString("utf8")));
  } catch {
    return null;
  }
}
