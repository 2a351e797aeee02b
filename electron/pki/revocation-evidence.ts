import type { Certificate } from "./certificate.ts";
import { checkCrl, type Crl, findRevoked } from "./crl.ts";
import { DerProblem } from "./der-reader.ts";
import { checkOcspSigner, type OcspResponse, ocspStatusOf } from "./ocsp.ts";

export interface KnownRevocation {
  readonly ocspResponses: readonly OcspResponse[];
  readonly crls: readonly Crl[];
}

export interface RevocationEvidence {
  /** Undefined: not revoked. */
  readonly revokedAt: Date | undefined;
}

/** Clocks differ. */
const SKEW = 5 * 60_000;
/** RFC 5280 5.3.1: removeFromCRL is no revocation. */
const REMOVE_FROM_CRL = 8;

/**
 * What responses and lists at hand say of a certificate at a time: undefined when none of them is signed by who may,
 * about this certificate, and was in force then or made later. A revocation outweighs any number of good answers.
 */
export function evidenceFor(
  certificate: Certificate,
  issuer: Certificate,
  known: KnownRevocation,
  at: Date,
): RevocationEvidence | undefined {
  const found = [
    ...known.ocspResponses.flatMap((response) => guarded(() => fromOcsp(response, certificate, issuer, at)) ?? []),
    ...known.crls.flatMap((crl) => guarded(() => fromCrl(crl, certificate, issuer, at)) ?? []),
  ];
  return found.find(({ revokedAt }) => revokedAt !== undefined) ?? found[0];
}

/** In force at the time, or made after it. */
const counts = (thisUpdate: Date, nextUpdate: Date | undefined, at: Date): boolean =>
  Math.max(thisUpdate.getTime(), nextUpdate?.getTime() ?? 0) >= at.getTime() - SKEW;

function fromOcsp(
  response: OcspResponse,
  certificate: Certificate,
  issuer: Certificate,
  at: Date,
): RevocationEvidence | undefined {
  const single = ocspStatusOf(response, certificate, issuer);
  if (single === undefined || single.status.kind === "unknown" || !counts(single.thisUpdate, single.nextUpdate, at)) {
    return undefined;
  }
  const signer = checkOcspSigner(response, issuer);
  if (
    !signer.ok ||
    response.producedAt < signer.responder.notBefore ||
    response.producedAt > signer.responder.notAfter
  ) {
    return undefined;
  }
  return { revokedAt: single.status.kind === "revoked" ? single.status.time : undefined };
}

function fromCrl(crl: Crl, certificate: Certificate, issuer: Certificate, at: Date): RevocationEvidence | undefined {
  // RFC 5280 3.3: a certificate that has run out leaves the list, so a later list says nothing about it.
  if (crl.thisUpdate > certificate.notAfter || !counts(crl.thisUpdate, crl.nextUpdate, at)) {
    return undefined;
  }
  if (checkCrl(crl, issuer, certificate) !== undefined) {
    return undefined;
  }
  const entry = findRevoked(crl, certificate.serialNumber);
  return { revokedAt: entry === undefined || entry.reason === REMOVE_FROM_CRL ? undefined : entry.time };
}

/** Broken data says nothing. */
function guarded<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerProblem) {
      return undefined;
    }
    throw error;
  }
}
