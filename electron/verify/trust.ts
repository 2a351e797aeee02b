import { judgeSignature } from "../pki/algorithm-dates.ts";
import { type Certificate, subjectName } from "../pki/certificate.ts";
import { displayName } from "../pki/name.ts";
import type { SignerInfo } from "../pki/cms-signed-data.ts";
import { type PathProblem, validatePath } from "../pki/path.ts";
import { OID } from "../pki/oids.ts";
import { type Finding, note, rejected, unsure } from "./finding.ts";
import { chainRevocation } from "./revocation.ts";
import { judgeUnknown, type RevocationRules } from "./unknown-revocation.ts";
import type { ValidationData } from "./validation-data.ts";

export interface TrustRequest {
  readonly certificate: Certificate;
  readonly signer: SignerInfo | undefined;
  readonly data: ValidationData;
  readonly anchors: readonly Certificate[];
  /** Best proof of when the signature existed: a verified timestamp, else the time of checking. */
  readonly at: Date;
  /** `at` comes from a verified timestamp. */
  readonly proven: boolean;
  readonly revocation: RevocationRules;
}

/** X.509 and cryptographic validation of the signer (EN 319 102-1 clauses 5.2.6 and 5.2.8). */
export function judgeSigner(request: TrustRequest): readonly Finding[] {
  return [...algorithmFindings(request), ...chainFindings(request)];
}

function algorithmFindings({ certificate, signer, at }: TrustRequest): readonly Finding[] {
  if (signer?.scheme === undefined || certificate.publicKey === undefined) {
    return [];
  }
  const verdict = judgeSignature(certificate.publicKey, signer.scheme, at);
  if (verdict.acceptable) {
    return [];
  }
  const since = verdict.since === undefined ? "" : ` since ${verdict.since}`;
  const message = `The signature uses ${verdict.weakest}, which is too weak${since}, and nothing proves that it is older.`;
  return [unsure("CRYPTO_CONSTRAINTS_FAILURE_NO_POE", "algorithm.too-weak", message)];
}

function chainFindings(request: TrustRequest): readonly Finding[] {
  const { certificate, data, anchors, at } = request;
  const path = validatePath({
    target: certificate,
    candidates: data.certificates,
    anchors,
    at,
    purpose: "document-signing",
  });
  if (!path.ok) {
    return [pathFinding(path.problem, request)];
  }
  const purpose = purposeFindings(certificate);
  return [...purpose, ...revocationFindings(request, path.chain)];
}

function pathFinding({ code, message }: PathProblem, { proven }: TrustRequest): Finding {
  const reason = `certificate.${code}`;
  switch (code) {
    case "no-chain":
      return unsure("NO_CERTIFICATE_CHAIN_FOUND", reason, message);
    case "expired":
      return unsure(proven ? "EXPIRED" : "OUT_OF_BOUNDS_NO_POE", reason, message);
    case "not-yet-valid":
      return rejected("NOT_YET_VALID", reason, message);
    case "constraint":
    case "unknown-critical-extension":
      return unsure("CHAIN_CONSTRAINTS_FAILURE", reason, message);
    case "weak-algorithm":
      return unsure("CRYPTO_CONSTRAINTS_FAILURE_NO_POE", reason, message);
  }
}

/** RFC 9336, and what Microsoft and Adobe had before it. */
const DOCUMENT_PURPOSES: ReadonlySet<string> = new Set([
  OID.documentSigning,
  OID.microsoftDocumentSigning,
  OID.adobeAuthenticDocuments,
]);

/** A key for logging in is no key for signing: the person may not have meant to sign. */
function purposeFindings({ keyUsage, extendedKeyUsage, subject }: Certificate): readonly Finding[] {
  if (keyUsage === undefined || keyUsage.has("nonRepudiation")) {
    return [];
  }
  const name = displayName(subject);
  const forDocuments = extendedKeyUsage?.some((purpose) => DOCUMENT_PURPOSES.has(purpose)) === true;
  if (extendedKeyUsage?.includes(OID.clientAuth) === true && !forDocuments) {
    const message = `The certificate of "${name}" is made for logging in, not for signing documents.`;
    return [unsure("SIG_CONSTRAINTS_FAILURE", "certificate.authentication-only", message)];
  }
  return [
    note(
      "certificate.no-non-repudiation",
      `The certificate of "${name}" does not state that its key is for commitments.`,
    ),
  ];
}

function revocationFindings(request: TrustRequest, chain: readonly Certificate[]): readonly Finding[] {
  const { data, at, proven, revocation } = request;
  const { revoked, unknown } = chainRevocation(chain, data, at);
  if (revoked !== undefined && revoked.time <= at) {
    const message = `The certificate of "${subjectName(revoked.certificate)}" was revoked on ${revoked.time.toISOString()}.`;
    return [
      proven
        ? rejected("REVOKED", "revocation.revoked", message)
        : unsure("REVOKED_NO_POE", "revocation.revoked", `${message} Nothing proves that the signature is older.`),
    ];
  }
  const judged = judgeUnknown(unknown, revocation);
  switch (judged.kind) {
    case "none":
      return [];
    case "told":
      return [note(judged.code, judged.message)];
    case "open":
      return [unsure("TRY_LATER", "revocation.not-checked", judged.message)];
  }
}
