import { judgeSignature } from "./algorithm-dates.ts";
import { type Certificate, issuerName, subjectName } from "./certificate.ts";
import { withoutPolicy } from "./certificate-policies.ts";
import { DerProblem } from "./der-reader.ts";
import { sameName } from "./name.ts";
import { misnamed } from "./name-constraints.ts";
import { OID } from "./oids.ts";
import type { CertificatePurpose, PathProblem, PathRequest } from "./path.ts";

export const noChain = (certificate: Certificate): PathProblem => ({
  code: "no-chain",
  message: `No chain leads from "${subjectName(certificate)}" to a trusted certificate.`,
});

/** What is wrong with a path whose links are checked already (RFC 5280 6.1); undefined: nothing. Target first. */
export function firstProblem(chain: readonly Certificate[], request: PathRequest): PathProblem | undefined {
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
  const namingOrPolicy = namingProblem(chain) ?? policyProblem(chain);
  if (target === undefined || namingOrPolicy !== undefined) {
    return namingOrPolicy;
  }
  return (
    purposeProblem(target, request.purpose) ?? (chain.length > 1 ? leafProblem(target, request.purpose) : undefined)
  );
}

/** Extensions that cannot be read restrict in a way that nobody knows. */
function guarded(chain: readonly Certificate[], find: typeof misnamed): Certificate | undefined {
  try {
    return find(chain);
  } catch (error) {
    if (error instanceof DerProblem) {
      return chain[0];
    }
    throw error;
  }
}

function namingProblem(chain: readonly Certificate[]): PathProblem | undefined {
  const certificate = guarded(chain, misnamed);
  return certificate === undefined
    ? undefined
    : {
        code: "constraint",
        message: `The certificate of "${subjectName(certificate)}" has a name that its authorities may not certify.`,
      };
}

function policyProblem(chain: readonly Certificate[]): PathProblem | undefined {
  const certificate = guarded(chain, withoutPolicy);
  return certificate === undefined
    ? undefined
    : {
        code: "constraint",
        message: `The certificate of "${subjectName(certificate)}" was issued under no policy that its authorities demand.`,
      };
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
  OID.policyConstraints,
  OID.nameConstraints,
  OID.inhibitAnyPolicy,
  OID.crlDistributionPoints,
  OID.authorityInfoAccess,
  OID.qcStatements,
  OID.noRevocationAvailable,
  OID.ocspNoCheck,
]);

/** RFC 5280 4.2: a critical extension that is not processed makes the certificate unusable. */
function criticalProblem(certificate: Certificate): PathProblem | undefined {
  const unknown = [...certificate.extensions.values()].find(({ oid, critical }) => critical && !UNDERSTOOD.has(oid));
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
