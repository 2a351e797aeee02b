import { verifySignature } from "./algorithms.ts";
import { type Certificate, sameCertificate } from "./certificate.ts";
import { sameBytes } from "./der-values.ts";
import { firstProblem, noChain } from "./judge-path.ts";
import { sameName } from "./name.ts";

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
 * valid one wins, else the problem of the first one is told. Every certificate policy is accepted.
 */
export function validatePath(request: PathRequest): PathResult {
  const search = new PathSearch(request);
  const found = search.extend([request.target]);
  if (found !== undefined) {
    return { ok: true, chain: found };
  }
  return search.best ?? { ok: false, problem: noChain(request.target), chain: [request.target] };
}

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

/** Of two objects that never change nothing else can come out the next time (`known-certificates.ts` gives the same again). */
const judged = new WeakMap<Certificate, WeakMap<Certificate, boolean>>();

/** The signature over `certificate` verifies with the key of `issuer`. */
export function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  const byIssuer = judged.get(certificate) ?? new WeakMap<Certificate, boolean>();
  judged.set(certificate, byIssuer);
  const result = byIssuer.get(issuer) ?? signatureFits(certificate, issuer);
  byIssuer.set(issuer, result);
  return result;
}

function signatureFits(certificate: Certificate, issuer: Certificate): boolean {
  const { signatureScheme: scheme, signatureValue } = certificate;
  return (
    scheme !== undefined &&
    verifySignature(issuer.spki, scheme, { kind: "data", bytes: certificate.tbs }, signatureValue) === "valid"
  );
}
