import type { Failure } from "../../../shared/failure.ts";
import type { Certificate } from "../../pki/certificate.ts";
import type { SignatureScheme } from "../../pki/signature-scheme.ts";
import { signingObjection, signingSchemes } from "../../pki/signing-schemes.ts";
import type { SchemeChoice } from "../../pki/signing-schemes.ts";

/** What is wrong with signing under this certificate now, or null. */
export function certificateProblem(leaf: Certificate, choice: SchemeChoice, now: Date): Failure | null {
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
  const key = leaf.publicKey;
  const schemes = signingSchemes(key, choice);
  const [first] = schemes;
  if (key === undefined || first === undefined) {
    const unchosen = signingSchemes(key, { digest: null, pss: false });
    return { code: unchosen.length === 0 ? "certificate.unsupported-key" : "certificate.scheme-unavailable" };
  }
  const verdict = acceptableSchemes(leaf, choice, now).length > 0 ? null : signingObjection(key, first, now);
  return verdict === null ? null : { code: "certificate.weak-algorithm", params: { algorithm: verdict.weakest } };
}

/** How to sign under this certificate now, the best way first; what has run out by the table of dates is left out. */
export function acceptableSchemes(leaf: Certificate, choice: SchemeChoice, now: Date): readonly SignatureScheme[] {
  const key = leaf.publicKey;
  return key === undefined
    ? []
    : signingSchemes(key, choice).filter((scheme) => signingObjection(key, scheme, now) === null);
}
