import { randomUUID } from "node:crypto";
import { digest, sha256 } from "../../electron/pki/algorithms.ts";
import { readDer } from "../../electron/pki/der-reader.ts";
import type { DerNode } from "../../electron/pki/der-reader.ts";
import { readBoolean, readInteger, readOctetString, readOid } from "../../electron/pki/der-values.ts";
import * as der from "../../electron/pki/der-writer.ts";
import { digestByOid, digestLength } from "../../electron/pki/digest.ts";
import { OID } from "../../electron/pki/oids.ts";
import { encodeScheme } from "../../electron/pki/signature-scheme.ts";
import { practiceScheme } from "./issue-certificate.ts";
import { PRACTICE_OID } from "./practice-oids.ts";
import type { PracticeServices } from "./practice-pki.ts";

/** PKIFailureInfo bits (RFC 3161 2.4.2). */
const failure = { badAlgorithm: 0, badDataFormat: 5, unacceptedPolicy: 15, unacceptedExtension: 16 } as const;

/** How a practice timestamp can be wrong on purpose. */
export type TimestampFlaw =
  | "none"
  | "wrong-nonce"
  | "wrong-imprint"
  | "broken-signature"
  /** Signed with a certificate that is made for something else. */
  | "wrong-purpose"
  /** No token, but the reason unacceptedPolicy. */
  | "refused";

interface TimestampOrder {
  readonly imprint: Uint8Array;
  readonly hash: Uint8Array;
  readonly nonce: bigint | null;
  readonly certificates: boolean;
}

/** Answers a TimeStampReq (DER) with a TimeStampResp (DER) of RFC 3161. Never throws for a broken request. */
export function answerTimestamp(
  services: PracticeServices,
  request: Uint8Array,
  now: number,
  flaw: TimestampFlaw = "none",
): Uint8Array {
  let order: TimestampOrder | number;
  try {
    order = readRequest(request);
  } catch {
    order = failure.badDataFormat;
  }
  if (flaw === "refused") order = failure.unacceptedPolicy;
  if (typeof order === "number") return rejection(order);
  // RFC 3161 2.4.2: PKIStatus granted, then the token.
  return der.sequence(der.sequence(der.integer(0)), timestampToken(services, order, now, flaw));
}

function rejection(bit: number): Uint8Array {
  return der.sequence(der.sequence(der.integer(2), der.namedBits([bit])));
}

/** RFC 3161 2.4.1. A number is the failure bit of a request that is understood but refused. */
function readRequest(bytes: Uint8Array): TimestampOrder | number {
  const [version, imprint, ...optional] = readDer(bytes).children;
  if (readInteger(version) !== 1n || imprint === undefined) return failure.badDataFormat;
  const algorithm = digestByOid(readOid(imprint.children[0]?.children[0]));
  const hash = readOctetString(imprint.children[1]);
  if (algorithm !== "SHA-256" && algorithm !== "SHA-384" && algorithm !== "SHA-512") return failure.badAlgorithm;
  if (hash.length !== digestLength(algorithm)) return failure.badDataFormat;

  let nonce: bigint | null = null;
  let certificates = false;
  for (const field of optional) {
    if (field.isContext(0)) return failure.unacceptedExtension;
    if (field.isUniversal(6) && readOid(field) !== PRACTICE_OID.timestampPolicy) return failure.unacceptedPolicy;
    if (field.isUniversal(2)) nonce = readInteger(field);
    if (field.isUniversal(1)) certificates = readBoolean(field);
  }
  return { imprint: imprint.raw, hash, nonce, certificates };
}

function timestampToken(
  services: PracticeServices,
  order: TimestampOrder,
  now: number,
  flaw: TimestampFlaw,
): Uint8Array {
  const info = timestampInfo(order, now, flaw);
  const signer = flaw === "wrong-purpose" ? services.responder : services.timestamps;
  const attributes = der.setOf([
    attribute(OID.contentType, der.oid(OID.tstInfo)),
    attribute(OID.messageDigest, der.octetString(sha256(info))),
    // RFC 5816: ESSCertIDv2 with SHA-256, which is the default algorithm and therefore not written.
    attribute(
      OID.signingCertificateV2,
      der.sequence(der.sequence(der.sequence(der.octetString(sha256(signer.certificate))))),
    ),
  ]);
  const value = signer.key.sign(practiceScheme, attributes);
  if (flaw === "broken-signature") value[10] = (value[10] ?? 0) ^ 1;
  const sha256Identifier = der.sequence(der.oid(OID.sha256), der.nullValue());
  const signerInfo = der.sequence(
    der.integer(1),
    issuerAndSerial(readDer(signer.certificate)),
    sha256Identifier,
    der.retag(0, attributes),
    encodeScheme(practiceScheme),
    der.octetString(value),
  );
  const certificates = order.certificates
    ? [der.retag(0, der.setOf([signer.certificate, services.issuing.certificate]))]
    : [];
  const signedData = der.sequence(
    der.integer(3),
    der.set(sha256Identifier),
    der.sequence(der.oid(OID.tstInfo), der.explicit(0, der.octetString(info))),
    ...certificates,
    der.set(signerInfo),
  );
  return der.sequence(der.oid(OID.signedData), der.explicit(0, signedData));
}

/** TSTInfo (RFC 3161 2.4.2); accuracy one second. */
function timestampInfo(order: TimestampOrder, now: number, flaw: TimestampFlaw): Uint8Array {
  const serial = Buffer.from(randomUUID().replaceAll("-", ""), "hex");
  const nonce = order.nonce === null ? null : flaw === "wrong-nonce" ? order.nonce + 1n : order.nonce;
  const imprint =
    flaw === "wrong-imprint"
      ? der.sequence(der.sequence(der.oid(OID.sha256), der.nullValue()), der.octetString(digest("SHA-256", order.hash)))
      : order.imprint;
  return der.sequence(
    der.integer(1),
    der.oid(PRACTICE_OID.timestampPolicy),
    imprint,
    der.integer(new Uint8Array(serial)),
    der.generalizedTime(new Date(now)),
    der.sequence(der.integer(1)),
    ...(nonce === null ? [] : [der.integer(nonce)]),
  );
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return der.sequence(der.oid(type), der.set(value));
}

/** RFC 5652 10.2.4. */
function issuerAndSerial(certificate: DerNode): Uint8Array {
  const fields = certificate.children[0]?.children ?? [];
  const [serial, issuer] = [fields[1], fields[3]];
  if (serial === undefined || issuer === undefined) throw new Error("not a certificate");
  return der.sequence(issuer.raw, serial.raw);
}
