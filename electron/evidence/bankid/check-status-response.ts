import { judgeKey, judgeSignature } from "../../pki/algorithm-dates.ts";
import { type Certificate, sameCertificate } from "../../pki/certificate.ts";
import { DerProblem } from "../../pki/der-reader.ts";
import { sameBytes } from "../../pki/der-values.ts";
import { digest } from "../../pki/digest.ts";
import { checkOcspSigner, type OcspResponse, ocspStatusOf, parseOcspResponse } from "../../pki/ocsp.ts";
import { OID } from "../../pki/oids.ts";
import { decodeBase64 } from "../strict-base64.ts";
import { RuleBroken, type RuleSheet } from "./rules.ts";

/** SHA-1 of the signature as it was transmitted, then 12 random bytes (sheet section 6, step 6). */
const NONCE_LENGTH = 32;
const BOUND_LENGTH = 20;
/** Clocks differ. */
const SKEW = 5 * 60_000;

/** The response as it was transmitted, in Base64. Throws `RuleBroken`. */
export function readStatusResponse(transmitted: string): OcspResponse {
  const der = decodeBase64(transmitted);
  if (der === undefined) {
    throw new RuleBroken("ocsp-encoding");
  }
  try {
    return parseOcspResponse(der);
  } catch (error) {
    // Also when the responder says that it has no answer.
    if (error instanceof DerProblem) {
      throw new RuleBroken("ocsp-encoding");
    }
    throw error;
  }
}

export interface StatusQuestion {
  readonly response: OcspResponse;
  /** Base64 of the signature exactly as it was transmitted: the nonce is over this text. */
  readonly transmittedSignature: string;
  readonly signer: Certificate;
  /** Undefined: nobody has certified the signer. */
  readonly issuer: Certificate | undefined;
  readonly now: Date | undefined;
}

/** Everything that the sheet's section 6 asks of the response, RFC 6960 in the rest. */
export function checkStatusResponse(question: StatusQuestion, sheet: RuleSheet): void {
  const { response, issuer, now, transmittedSignature } = question;
  sheet.judge("ocsp-nonce", isBound(response, transmittedSignature));
  if (now === undefined) {
    sheet.set("not-in-the-future", "not-asked");
  } else {
    sheet.judge("not-in-the-future", response.producedAt.getTime() <= now.getTime() + SKEW);
  }
  if (issuer === undefined) {
    return;
  }
  checkStatus(question, issuer, sheet);
  sheet.judge("ocsp-algorithm", isAcceptedScheme(response));
  const signer = checkOcspSigner(response, issuer);
  if (!sheet.judge("ocsp-responder", signer.ok) || !signer.ok) {
    return;
  }
  sheet.judge("ocsp-responder-valid", isValidResponder(signer.responder, issuer, response.producedAt));
}

function checkStatus({ response, signer }: StatusQuestion, issuer: Certificate, sheet: RuleSheet): void {
  // SECURITY: one answer. Where there are several, somebody has to choose.
  const single = response.responses.length === 1 ? ocspStatusOf(response, signer, issuer) : undefined;
  if (!sheet.judge("ocsp-certificate", single !== undefined) || single === undefined) {
    return;
  }
  sheet.judge("ocsp-status", single.status.kind === "good");
  // RFC 6960 2.4: what was known at thisUpdate is told at producedAt, and good until nextUpdate.
  const produced = response.producedAt.getTime();
  const inOrder =
    single.thisUpdate.getTime() <= produced + SKEW &&
    (single.nextUpdate === undefined
      ? single.thisUpdate.getTime() >= produced - SKEW
      : single.nextUpdate.getTime() >= produced);
  sheet.judge("ocsp-time", inOrder);
}

/**
 * SECURITY: the nonce is what ties the time and the status to this one signature. SHA-1 is the protocol's choice; whoever
 * would use a collision has to sign both texts himself.
 */
function isBound({ nonce }: OcspResponse, transmittedSignature: string): boolean {
  const value = nonce === undefined ? undefined : nonceOctets(nonce);
  return (
    value !== undefined &&
    value.length === NONCE_LENGTH &&
    sameBytes(value.subarray(0, BOUND_LENGTH), digest("SHA-1", new TextEncoder().encode(transmittedSignature)))
  );
}

/** BankID writes the octets as they are; RFC 8954 2.1 wraps them in an OCTET STRING once more. */
function nonceOctets(value: Uint8Array): Uint8Array {
  const isWrapped = value.length === NONCE_LENGTH + 2 && value[0] === 0x04 && value[1] === NONCE_LENGTH;
  return isWrapped ? value.subarray(2) : value;
}

/**
 * SECURITY: SHA-1 with RSA is what BankID's responders are known to use. A collision cannot be prepared here: whoever wants
 * one chooses nothing in the response but 20 octets that are a digest, and forging an existing one takes a second preimage.
 */
function isAcceptedScheme({ scheme }: OcspResponse): boolean {
  if (scheme === undefined || scheme.kind === "ed448" || scheme.kind === "ed25519") {
    return false;
  }
  return scheme.kind === "rsa-pkcs1" && scheme.digest === "SHA-1" ? true : MODERN.has(scheme.digest);
}

const MODERN: ReadonlySet<string> = new Set(["SHA-256", "SHA-384", "SHA-512"]);

function isValidResponder(responder: Certificate, issuer: Certificate, at: Date): boolean {
  const isInTime = at >= responder.notBefore && at <= responder.notAfter;
  if (sameCertificate(responder, issuer)) {
    return isInTime;
  }
  const { keyUsage, publicKey, signatureScheme: scheme } = responder;
  const isStrong =
    scheme !== undefined &&
    issuer.publicKey !== undefined &&
    publicKey !== undefined &&
    judgeSignature(issuer.publicKey, scheme, at).acceptable &&
    judgeKey(publicKey, at).acceptable;
  const understood = [...responder.extensions.values()].every(({ critical, oid }) => !critical || UNDERSTOOD.has(oid));
  // BankID's responders have nonRepudiation.
  const signs = keyUsage === undefined || keyUsage.has("digitalSignature") || keyUsage.has("nonRepudiation");
  return isInTime && isStrong && understood && signs;
}

/** RFC 5280 4.2: a critical extension that is not processed makes the certificate unusable. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.keyUsage,
  OID.extendedKeyUsage,
  OID.basicConstraints,
  OID.certificatePolicies,
  OID.ocspNoCheck,
]);
