import type { Failure } from "../../../shared/failure.ts";
import type { Sha256Hex } from "../../../shared/ids.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { signDigest, verifySignature } from "../../pki/algorithms.ts";
import type { Certificate } from "../../pki/certificate.ts";
import type { SignatureScheme } from "../../pki/signature-scheme.ts";
import type { SignatureValue } from "../provider.ts";
import type { SigningIdentity } from "./signing-identity.ts";

const MINIMUM_RSA_BITS = 2048;
const CURVES: readonly string[] = ["P-256", "P-384", "P-521"];

/** Null when we cannot sign a finished SHA-256 digest with this kind of key. */
export function schemeFor({ publicKey }: Certificate): SignatureScheme | null {
  switch (publicKey?.kind) {
    case "rsa":
      return publicKey.modulusBits >= MINIMUM_RSA_BITS && !publicKey.pssOnly
        ? { kind: "rsa-pkcs1", digest: "SHA-256" }
        : null;
    case "ec":
      // Electron's BoringSSL imports no private keys on other curves.
      return publicKey.curve !== undefined && CURVES.includes(publicKey.curve)
        ? { kind: "ecdsa", digest: "SHA-256", format: "der" }
        : null;
    case "ed25519": // EdDSA signs the message itself (RFC 8032), and the flow has only its digest
    case "ed448":
    case undefined:
      return null;
  }
}

/** What is wrong with signing under this certificate now, or null. */
export function certificateProblem(leaf: Certificate, now: Date): Failure | null {
  if (now > leaf.notAfter) {
    return { code: "certificate.expired", params: { until: leaf.notAfter.toISOString() } };
  }
  if (now < leaf.notBefore) {
    return { code: "provider.certificate-invalid", params: { reason: "not-yet-valid" } };
  }
  const usage = leaf.keyUsage;
  if (usage !== undefined && !usage.has("digitalSignature") && !usage.has("nonRepudiation")) {
    return { code: "provider.certificate-invalid", params: { reason: "key-usage" } };
  }
  return schemeFor(leaf) === null ? { code: "certificate.unsupported-key" } : null;
}

/** Signs each digest and checks each value under the certificate before it leaves. */
export function signDigests(
  { key, chain }: SigningIdentity,
  digests: readonly { readonly id: string; readonly sha256: Sha256Hex }[],
): Result<readonly SignatureValue[], Failure> {
  const [leaf] = chain;
  const scheme = leaf === undefined ? null : schemeFor(leaf);
  if (leaf === undefined || scheme === null) {
    return failed({ code: "certificate.unsupported-key" });
  }
  const values: SignatureValue[] = [];
  for (const { id, sha256 } of digests) {
    const bytes = new Uint8Array(Buffer.from(sha256, "hex"));
    const value = signDigest(key, scheme, bytes);
    // A fault in one computation would not only be useless: with RSA it can give the key away.
    if (verifySignature(leaf.spki, scheme, { kind: "digest", bytes }, value) !== "valid") {
      return failed({ code: "provider.signature-invalid" });
    }
    values.push({ id, value: Buffer.from(value).toString("base64") });
  }
  return success(values);
}
