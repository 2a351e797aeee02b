import { judgeSignature } from "./algorithm-dates.ts";
import { verifySignature } from "./algorithms.ts";
import { type Certificate, issuerName, sameCertificate, subjectName } from "./certificate.ts";
import { sameBytes } from "./der-values.ts";
import { sameName } from "./name.ts";
import { OID } from "./oids.ts";

/** What the last certificate of the path is used for. */
export type CertificatePurpose = "document-signing" | "time-stamping" | "ocsp-signing" | "any";

export interface PathRequest {
  readonly target: Certificate;
  /** Untrusted certificates that may stand in between (from the CMS, from the DSS). */
  readonly candidates: readonly Certificate[];
  /** Trusted as they are; they need not be self-signed. */
  readonly anchors: readonly Certificate[];
  /** The time for which validity is asked. */
  readonly at: Date;
  /** When algorithms are judged; the same as `at` unless the signature is proven to be older. */
  readonly cryptographyAt?: Date;
  readonly purpose: CertificatePurpose;
}

export type PathProblemCode =
  | "no-chain"
  | "expired"
  | "not-yet-valid"
  | "constraint"
  | "unknown-critical-extension"
  | "weak-algorithm";

export interface PathProblem {
  readonly code: PathProblemCode;
  /** One plain English sentence. */
  readonly message: string;
}

export type PathResult =
  /** Target first, anchor last. */
  | { readonly ok: true; readonly chain: readonly Certificate[] }
  | { readonly ok: false; readonly problem: PathProblem; readonly chain: readonly Certificate[] };

const MAXIMUM_LENGTH = 10;
/** SECURITY: cross-signed heaps of certificates make the search grow without bound. */
const MAXIMUM_SIGNATURE_CHECKS = 200;

/**
 * Finds a path from the target to an anchor and validates it (RFC 5280 6.1) at a time. Every path is tried; the first
 * valid one wins, else the problem of the path that came furthest is told.
 *
 * Not processed, and therefore refused when critical: name constraints, required explicit policies.
 */
export function validatePath(request: PathRequest): PathResult {
  const search = new PathSearch(request);
  const found = search.extend([request.target]);
  if (found !== undefined) {
    return { ok: true, chain: found };
  }
  return search.best ?? { ok: false, problem: noChain(request.target), chain: [request.target] };
}

const noChain = (certificate: Certificate): PathProblem => ({
  code: "no-chain",
  message: `No chain leads from "${subjectName(certificate)}" to a trusted certificate.`,
});

class PathSearch {
  readonly #request: PathRequest;
  #checksLeft = MAXIMUM_SIGNATURE_CHECKS;
  best: Extract<PathResult, { readonly ok: false }> | undefined;

  constructor(request: PathRequest) {
    this.#request = request;
  }

  /** Depth first; every link's signature is checked before going on. */
  extend(chain: readonly Certificate[]): readonly Certificate[] | undefined {
    const last = chain.at(-1);
    if (last === undefined || chain.length > MAXIMUM_LENGTH) {
      return undefined;
    }
    if (this.#request.anchors.some((anchor) => sameCertificate(anchor, last))) {
      return this.#accept(chain);
    }
    for (const issuer of this.#issuersOf(last, chain)) {
      const found = this.extend([...chain, issuer]);
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  }

  #accept(chain: readonly Certificate[]): readonly Certificate[] | undefined {
    const problem = firstProblem(chain, this.#request);
    if (problem === undefined) {
      return chain;
    }
    this.best ??= { ok: false, problem, chain };
    return undefined;
  }

  *#issuersOf(certificate: Certificate, chain: readonly Certificate[]): Generator<Certificate> {
    for (const issuer of [...this.#request.anchors, ...this.#request.candidates]) {
      const repeated = chain.some((member) => sameCertificate(member, issuer));
      if (repeated || !couldIssue(issuer, certificate)) {
        continue;
      }
      if (this.#checksLeft === 0) {
        return;
      }
      this.#checksLeft -= 1;
      if (isSignedBy(certificate, issuer)) {
        yield issuer;
      }
    }
  }
}

/** By names and key identifiers; says nothing about the signature. */
export function couldIssue(issuer: Certificate, certificate: Certificate): boolean {
  const wanted = certificate.authorityKeyIdentifier;
  const present = issuer.subjectKeyIdentifier;
  const keysFit = wanted === undefined || present === undefined || sameBytes(wanted, present);
  return keysFit && sameName(certificate.issuer, issuer.subject);
}

/** The signature over `certificate` verifies with the key of `issuer`. */
export function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  const { signatureScheme: scheme, signatureValue } = certificate;
  return (
    scheme !== undefined &&
    verifySignature(issuer.spki, scheme, { kind: "data", bytes: certificate.tbs }, signatureValue) === "valid"
  );
}

function firstProblem(chain: readonly Certificate[], request: PathRequest): PathProblem | undefined {
  const [target] = chain;
  // The anchor is trusted as a name and a key (RFC 5280 6.1.1 d): what its certificate says is not judged, unless it is
  // the only one.
  const judged = chain.length === 1 ? chain : chain.slice(0, -1);
  for (const [index, certificate] of judged.entries()) {
    const problem = timeProblem(certificate, request.at) ?? criticalProblem(certificate);
    if (problem !== undefined) {
      return problem;
    }
    const issuer = chain[index + 1];
    const weak = issuer === undefined ? undefined : cryptographyProblem(certificate, issuer, request);
    if (weak !== undefined) {
      return weak;
    }
  }
  for (const [index, certificate] of chain.entries()) {
    const problem =
      index === 0 ? undefined : issuerProblem(certificate, chain.slice(1, index), index === chain.length - 1);
    if (problem !== undefined) {
      return problem;
    }
  }
  if (target === undefined) {
    return undefined;
  }
  return (
    purposeProblem(target, request.purpose) ?? (chain.length > 1 ? leafProblem(target, request.purpose) : undefined)
  );
}

function timeProblem(certificate: Certificate, at: Date): PathProblem | undefined {
  if (at < certificate.notBefore) {
    const message = `The certificate of "${subjectName(certificate)}" is not valid before ${certificate.notBefore.toISOString()}.`;
    return { code: "not-yet-valid", message };
  }
  if (at > certificate.notAfter) {
    const message = `The certificate of "${subjectName(certificate)}" expired on ${certificate.notAfter.toISOString()}.`;
    return { code: "expired", message };
  }
  return undefined;
}

/** Purposes of keys that machines use; whoever holds one of these keys was not identified as a signer of documents. */
const OTHER_PURPOSES: ReadonlySet<string> = new Set([
  OID.serverAuth,
  OID.codeSigning,
  OID.timeStamping,
  OID.ocspSigning,
]);

/** What the end of a chain may not be, unless it is trusted by itself. */
function leafProblem(target: Certificate, purpose: CertificatePurpose): PathProblem | undefined {
  if (purpose !== "document-signing") {
    return undefined;
  }
  const constraint = (what: string): PathProblem => ({
    code: "constraint",
    message: `The certificate of "${subjectName(target)}" ${what}.`,
  });
  if (target.basicConstraints?.ca === true) {
    return constraint("belongs to an authority that issues certificates, not to a signer");
  }
  const { extendedKeyUsage: purposes } = target;
  const isForOthers = purposes !== undefined && purposes.every((one) => OTHER_PURPOSES.has(one));
  return isForOthers ? constraint("is made for another purpose than signing documents") : undefined;
}

/** Critical extensions whose meaning is honoured here or does not restrict this use. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.keyUsage,
  OID.basicConstraints,
  OID.extendedKeyUsage,
  OID.subjectAltName,
  OID.issuerAltName,
  OID.subjectKeyIdentifier,
  OID.authorityKeyIdentifier,
  OID.certificatePolicies,
  OID.policyMappings,
  OID.inhibitAnyPolicy,
  OID.crlDistributionPoints,
  OID.authorityInfoAccess,
  OID.qcStatements,
  OID.noRevocationAvailable,
  OID.ocspNoCheck,
]);

/** RFC 5280 4.2: a critical extension that is not processed makes the certificate unusable. */
function criticalProblem(certificate: Certificate): PathProblem | undefined {
  // SECURITY: RFC 5280 4.2.1.10 has name constraints always critical; without that mark they constrain all the same.
  const unknown = [...certificate.extensions.values()].find(
    ({ oid, critical }) => (critical || oid === OID.nameConstraints) && !UNDERSTOOD.has(oid),
  );
  if (unknown === undefined) {
    return undefined;
  }
  return {
    code: "unknown-critical-extension",
    message: `The certificate of "${subjectName(certificate)}" has an extension (${unknown.oid}) that this program does not process.`,
  };
}

function cryptographyProblem(
  certificate: Certificate,
  issuer: Certificate,
  request: PathRequest,
): PathProblem | undefined {
  const { signatureScheme: scheme } = certificate;
  if (scheme === undefined || issuer.publicKey === undefined) {
    return noChain(certificate);
  }
  const verdict = judgeSignature(issuer.publicKey, scheme, request.cryptographyAt ?? request.at);
  if (verdict.acceptable) {
    return undefined;
  }
  const since = verdict.since === undefined ? "" : ` since ${verdict.since}`;
  return {
    code: "weak-algorithm",
    message: `"${issuerName(certificate)}" signed the certificate of "${subjectName(certificate)}" with ${verdict.weakest}, which is too weak${since}.`,
  };
}

/** RFC 5280 6.1.4 (k) to (n). `below`: the intermediates between this one and the target. */
function issuerProblem(issuer: Certificate, below: readonly Certificate[], isAnchor: boolean): PathProblem | undefined {
  const constraint = (what: string): PathProblem => ({
    code: "constraint",
    message: `"${subjectName(issuer)}" ${what}.`,
  });
  const { basicConstraints, keyUsage } = issuer;
  // An anchor of version 1 has no basic constraints; it is trusted as an issuer by being an anchor.
  if (basicConstraints?.ca !== true && !(isAnchor && basicConstraints === undefined)) {
    return constraint("is not allowed to issue certificates");
  }
  if (keyUsage !== undefined && !keyUsage.has("keyCertSign")) {
    return constraint("has a key that may not sign certificates");
  }
  const intermediates = below.filter((certificate) => !sameName(certificate.subject, certificate.issuer)).length;
  if (basicConstraints?.pathLength !== undefined && intermediates > basicConstraints.pathLength) {
    return constraint(`allows only ${basicConstraints.pathLength} issuing certificates below it`);
  }
  return undefined;
}

function purposeProblem(target: Certificate, purpose: CertificatePurpose): PathProblem | undefined {
  const constraint = (what: string): PathProblem => ({
    code: "constraint",
    message: `The certificate of "${subjectName(target)}" ${what}.`,
  });
  const { extendedKeyUsage: purposes, keyUsage } = target;
  const signs = keyUsage === undefined || keyUsage.has("digitalSignature") || keyUsage.has("nonRepudiation");
  switch (purpose) {
    case "any":
      return undefined;
    case "document-signing":
      return signs ? undefined : constraint("has a key that may not sign documents");
    case "time-stamping": {
      // RFC 3161 2.3: exactly this purpose, and critical.
      const critical = target.extensions.get(OID.extendedKeyUsage)?.critical === true;
      if (purposes?.length !== 1 || purposes[0] !== OID.timeStamping || !critical) {
        return constraint("is not made for timestamps only");
      }
      return signs ? undefined : constraint("has a key that may not sign");
    }
    case "ocsp-signing":
      return purposes?.includes(OID.ocspSigning) === true ? undefined : constraint("may not sign OCSP responses");
  }
}
