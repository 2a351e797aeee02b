import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import { parseCertificate } from "../../../pki/certificate.ts";
import type { Certificate } from "../../../pki/certificate.ts";
import { DerProblem } from "../../../pki/der-reader.ts";
import { decodePem } from "../../../pki/pem.ts";
import { KEY_DECIDES, signingSchemes } from "../../../pki/signing-schemes.ts";
import type { SignerIdentity } from "../../provider.ts";

/**
 * Who signs where IDnow gives bare signature values: the certificate has to be known before, so it is in the settings,
 * leaf first.
 */
export function rawSigner(chainPem: string, at: Date): Result<SignerIdentity, Failure> {
  const chain = readChain(chainPem);
  const [leaf] = chain ?? [];
  if (chain === null || leaf === undefined) {
    return invalid("unreadable");
  }
  if (at < leaf.notBefore || at > leaf.notAfter) {
    return invalid(at < leaf.notBefore ? "not-yet-valid" : "expired");
  }
  const schemes = signingSchemes(leaf.publicKey, KEY_DECIDES).filter(
    // EdDSA signs messages, and only digests are sent.
    (scheme) => (scheme.kind === "rsa-pkcs1" || scheme.kind === "ecdsa") && scheme.digest === "SHA-256",
  );
  return schemes.length === 0
    ? invalid("key")
    : success({ chain: chain.map(({ der }) => Buffer.from(der).toString("base64")), schemes, knownPerson: null });
}

export function readChain(pem: string): readonly Certificate[] | null {
  try {
    return decodePem(pem, "CERTIFICATE").map(parseCertificate);
  } catch (problem) {
    if (problem instanceof DerProblem) {
      return null;
    }
    throw problem;
  }
}

const invalid = (reason: string): { readonly ok: false; readonly failure: Failure } =>
  failed({ code: "provider.certificate-invalid", params: { reason } });
