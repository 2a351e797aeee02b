import { type Certificate, sameCertificate, subjectName } from "../pki/certificate.ts";
import { isLoopback } from "../pki/loopback.ts";
import { OID } from "../pki/oids.ts";
import type { MissingRevocation } from "../pki/revocation-collector.ts";

/**
 * How revocation data is asked for. "where-published": for every certificate that says where its state can be learnt.
 * "required": for every certificate. "not-checked": known revocations count, silence does not.
 */
export type RevocationPolicy = "required" | "where-published" | "not-checked";

export interface RevocationRules {
  readonly policy: RevocationPolicy;
  /** What the network did not give; undefined when it was not asked. */
  readonly missing: readonly MissingRevocation[] | undefined;
}

export type UnknownRevocation =
  /** Nothing is missing. */
  | { readonly kind: "none" }
  /** Nobody could know more. */
  | {
      readonly kind: "told";
      readonly code: "revocation.not-available" | "revocation.not-checked";
      readonly message: string;
    }
  /** Somebody knows (EN 319 102-1 5.2.6.4: INDETERMINATE, TRY_LATER). */
  | { readonly kind: "open"; readonly message: string };

/** What it means that nothing says whether these certificates are revoked (decision 008). */
export function judgeUnknown(unknown: readonly Certificate[], { policy, missing }: RevocationRules): UnknownRevocation {
  if (unknown.length === 0) {
    return { kind: "none" };
  }
  const names = unknown.map((certificate) => `"${subjectName(certificate)}"`).join(", ");
  if (policy === "not-checked") {
    const message = `Whether the certificate was revoked has not been checked: no data about ${names} is in the document.`;
    return { kind: "told", code: "revocation.not-checked", message };
  }
  const askable = unknown.filter((certificate) => policy === "required" || isPublished(certificate, missing));
  if (askable.length === 0) {
    const message = `Whether the certificate was revoked cannot be learnt: no service that others can ask is named for ${names}.`;
    return { kind: "told", code: "revocation.not-available", message };
  }
  return { kind: "open", message: openMessage(askable, missing) };
}

function openMessage(askable: readonly Certificate[], missing: RevocationRules["missing"]): string {
  const names = askable.map((certificate) => `"${subjectName(certificate)}"`).join(", ");
  if (missing === undefined) {
    return `Whether the certificate was revoked has not been checked: no data about ${names} is in the document, and the network was not asked.`;
  }
  const reasons = missing.map(({ certificate, means, reason, service }) => {
    const who = `${means === "none" ? "revocation" : means} of "${certificate}"`;
    return `${who}${service === undefined ? "" : ` at ${service}`}: ${reason}`;
  });
  const why = reasons.length === 0 ? "" : ` (${reasons.join("; ")})`;
  return `Whether the certificate was revoked could not be learnt: nothing in force says it of ${names}${why}. Try again later.`;
}

/**
 * The certificate names a service that others than the computer it was made on can ask. An address of the loopback
 * interface names a different computer for each reader, so nobody's silence there means anything, unless the right
 * responder answers, and does not know the certificate.
 */
function isPublished(certificate: Certificate, missing: RevocationRules["missing"]): boolean {
  const urls = [...certificate.accessUrls.ocsp, ...certificate.crlUrls];
  if (urls.length === 0) {
    // Only by ldap and the like, which is not fetched: a service all the same.
    return certificate.extensions.has(OID.crlDistributionPoints);
  }
  const isDenied =
    missing?.some(({ of, reason }) => of !== undefined && sameCertificate(of, certificate) && reason === "unknown") ===
    true;
  return isDenied || urls.some((url) => !isLoopback(URL.parse(url)?.hostname ?? ""));
}
