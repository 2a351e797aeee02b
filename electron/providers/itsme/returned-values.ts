import type { Failure } from "../../../shared/failure.ts";
import type { Sha256Hex } from "../../../shared/ids.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { verifySignature } from "../../pki/algorithms.ts";
import type { Certificate } from "../../pki/certificate.ts";
import type { SignatureValue } from "../provider.ts";
import type { ReturnedValue } from "./answers.ts";

/**
 * SECURITY: a value leaves the provider only when it is the RSASSA-PKCS1-v1_5 signature (SHA-256) of exactly the digest
 * sent under its id, by the key of the certificate already written into the signed attributes. The order of the values
 * means nothing. One wrong, missing, doubled or unknown id and none of them is used.
 */
export function checkReturnedValues(
  leaf: Certificate,
  sent: readonly { readonly id: string; readonly sha256: Sha256Hex }[],
  returned: readonly ReturnedValue[],
): Result<readonly SignatureValue[], Failure> {
  const byId = new Map<string, Uint8Array>();
  for (const { id, value } of returned) {
    if (id === null || value === null || !sent.some((one) => one.id === id)) {
      return failed({ code: "provider.unexpected-answer", params: { reason: "unknown-document" } });
    }
    if (byId.has(id)) {
      return failed({ code: "provider.unexpected-answer", params: { reason: "doubled-document" } });
    }
    byId.set(id, decodeBase64(value));
  }
  const missing = sent.filter(({ id }) => !byId.has(id));
  if (missing.length > 0) {
    return failed({ code: "provider.signature-missing", params: { missing: missing.length, sent: sent.length } });
  }
  const checked: SignatureValue[] = [];
  for (const { id, sha256 } of sent) {
    const bytes = byId.get(id);
    if (bytes === undefined || !isRight(leaf, sha256, bytes)) {
      return failed({ code: "provider.signature-invalid" });
    }
    checked.push({ id, value: Buffer.from(bytes).toString("base64") });
  }
  return success(checked);
}

function isRight(leaf: Certificate, sha256: Sha256Hex, value: Uint8Array): boolean {
  const key = leaf.publicKey;
  // RFC 8017 8.2.2 step 1: the value has exactly as many octets as the modulus.
  if (key?.kind !== "rsa" || value.length !== Math.ceil(key.modulusBits / 8)) {
    return false;
  }
  const digest = new Uint8Array(Buffer.from(sha256, "hex"));
  const scheme = { kind: "rsa-pkcs1", digest: "SHA-256" } as const;
  return verifySignature(leaf.spki, scheme, { kind: "digest", bytes: digest }, value) === "valid";
}

/** Standard or URL-safe, padded or not: the documents use both, and the value is verified anyway. */
function decodeBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64"));
}
