import { type Certificate, sameCertificate } from "../pki/certificate.ts";
import { checkCrl, findRevoked } from "../pki/crl.ts";
import { DerProblem } from "../pki/der-reader.ts";
import { OID } from "../pki/oids.ts";
import { checkOcspSigner, ocspStatusOf } from "../pki/ocsp.ts";
import type { ValidationData } from "./validation-data.ts";

export type RevocationStatus =
  /** `until`: when newer information was promised. */
  | { readonly kind: "good"; readonly asOf: Date; readonly until: Date }
  | { readonly kind: "revoked"; readonly time: Date; readonly reason: number | undefined }
  | { readonly kind: "unknown" };

/** RFC 5280 5.3.1: removeFromCRL is no revocation. */
const REMOVE_FROM_CRL = 8;

/** Clocks differ. */
const SKEW = 5 * 60_000;

/**
 * What the data at hand says about one certificate. Only answers whose signer may speak for the issuer count; one
 * revocation outweighs any number of good answers.
 *
 * SECURITY: with `at`, the time that is judged, only good answers count that were in force then or were made later: a
 * store may be filled with answers from before the certificate was revoked.
 */
export function revocationOf(
  certificate: Certificate,
  issuer: Certificate,
  data: ValidationData,
  at?: Date,
): RevocationStatus {
  const statuses = [...ocspStatuses(certificate, issuer, data), ...crlStatuses(certificate, issuer, data)];
  const revoked = statuses.filter((status) => status.kind === "revoked");
  const [earliest] = revoked.sort((a, b) => a.time.getTime() - b.time.getTime());
  if (earliest !== undefined) {
    return earliest;
  }
  const good = statuses
    .filter((status) => status.kind === "good")
    .filter(({ asOf, until }) => at === undefined || Math.max(asOf.getTime(), until.getTime()) >= at.getTime() - SKEW);
  const [newest] = good.sort((a, b) => b.asOf.getTime() - a.asOf.getTime());
  return newest ?? { kind: "unknown" };
}

function* ocspStatuses(
  certificate: Certificate,
  issuer: Certificate,
  data: ValidationData,
): Generator<RevocationStatus> {
  for (const response of data.ocspResponses) {
    const single = guarded(() => ocspStatusOf(response, certificate, issuer));
    const signer =
      single === undefined ? undefined : guarded(() => checkOcspSigner(response, issuer, data.certificates));
    if (single === undefined || signer?.ok !== true) {
      continue;
    }
    const { responder } = signer;
    // RFC 6960 4.2.2.2: a responder whose own certificate had run out cannot speak.
    if (response.producedAt < responder.notBefore || response.producedAt > responder.notAfter) {
      continue;
    }
    if (isRevokedResponder(responder, issuer, data)) {
      continue;
    }
    switch (single.status.kind) {
      case "good":
        yield { kind: "good", asOf: single.thisUpdate, until: single.nextUpdate ?? single.thisUpdate };
        break;
      case "revoked":
        yield single.status;
        break;
      case "unknown":
        break;
    }
  }
}

/** RFC 6960 4.2.2.2.1: unless it says that nobody need ask, a responder's own certificate can be revoked, too: by list. */
function isRevokedResponder(responder: Certificate, issuer: Certificate, data: ValidationData): boolean {
  if (sameCertificate(responder, issuer) || responder.extensions.has(OID.ocspNoCheck)) {
    return false;
  }
  return crlStatuses(responder, issuer, data).some(({ kind }) => kind === "revoked");
}

function* crlStatuses(
  certificate: Certificate,
  issuer: Certificate,
  data: ValidationData,
): Generator<RevocationStatus> {
  for (const crl of data.crls) {
    if (guarded(() => checkCrl(crl, issuer, certificate) ?? "usable") !== "usable") {
      continue;
    }
    const entry = guarded(() => findRevoked(crl, certificate.serialNumber) ?? "not-listed");
    if (entry === "not-listed") {
      // RFC 5280 3.3: a certificate that has run out leaves the list, unless the list says that it keeps them.
      if (crl.thisUpdate <= certificate.notAfter || crl.extensions.has(OID.expiredCertsOnCrl)) {
        yield { kind: "good", asOf: crl.thisUpdate, until: crl.nextUpdate ?? crl.thisUpdate };
      }
    } else if (entry !== undefined && entry.reason !== REMOVE_FROM_CRL) {
      yield { kind: "revoked", time: entry.time, reason: entry.reason };
    }
  }
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

export interface ChainRevocation {
  readonly revoked: { readonly certificate: Certificate; readonly time: Date } | undefined;
  /** Certificates for which nothing at hand says whether they are revoked. */
  readonly unknown: readonly Certificate[];
}

/** For every certificate of a chain but the last, which is trusted as it is. `at`: see `revocationOf`. */
export function chainRevocation(chain: readonly Certificate[], data: ValidationData, at?: Date): ChainRevocation {
  const unknown: Certificate[] = [];
  let revoked: ChainRevocation["revoked"];
  for (const [index, certificate] of chain.entries()) {
    const issuer = chain[index + 1];
    if (issuer === undefined || certificate.withoutRevocation) {
      continue;
    }
    const status = revocationOf(certificate, issuer, data, at);
    if (status.kind === "revoked" && revoked === undefined) {
      revoked = { certificate, time: status.time };
    } else if (status.kind === "unknown") {
      unknown.push(certificate);
    }
  }
  return { revoked, unknown };
}
