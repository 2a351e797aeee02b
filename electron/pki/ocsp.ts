import { verifySignature } from "./algorithms.ts";
import type { Certificate } from "./certificate.ts";
import { type ExtensionMap, parseExtensions } from "./certificate-extensions.ts";
import { type DerNode, DerProblem, readDer, TAG } from "./der-reader.ts";
import {
  integerOf,
  readBitString,
  readEnumerated,
  readInteger,
  readOctetString,
  readOid,
  readTime,
  sameBytes,
  sequenceOf,
} from "./der-values.ts";
import { digest, digestByOid } from "./digest.ts";
import { knownCertificate } from "./known-certificates.ts";
import { type Name, parseName, sameName } from "./name.ts";
import { OID } from "./oids.ts";
import { isSignedBy } from "./path.ts";
import { parseAlgorithmIdentifier, type SignatureScheme, signatureScheme } from "./signature-scheme.ts";

export type OcspCertificateStatus =
  | { readonly kind: "good" }
  /** `reason`: CRLReason (RFC 5280 5.3.1). */
  | { readonly kind: "revoked"; readonly time: Date; readonly reason: number | undefined }
  | { readonly kind: "unknown" };

export interface OcspSingleResponse {
  readonly digestOid: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialNumber: bigint;
  readonly status: OcspCertificateStatus;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly hasUnknownCriticalExtension: boolean;
}

export type OcspResponderId =
  | { readonly kind: "name"; readonly name: Name }
  | { readonly kind: "key"; readonly keyHash: Uint8Array };

/** BasicOCSPResponse (RFC 6960 4.2.1). */
export interface OcspResponse {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly responder: OcspResponderId;
  readonly producedAt: Date;
  readonly responses: readonly OcspSingleResponse[];
  readonly extensions: ExtensionMap;
  readonly nonce: Uint8Array | undefined;
  readonly scheme: SignatureScheme | undefined;
  readonly signature: Uint8Array;
  readonly certificates: readonly Certificate[];
}

/** OCSPResponseStatus (RFC 6960 4.2.1), in the order of the numbers; 4 is not used. */
const RESPONSE_STATUS = [
  "successful",
  "malformedRequest",
  "internalError",
  "tryLater",
  "",
  "sigRequired",
  "unauthorized",
];

/** A well-formed response that says that there is no answer. */
export class OcspNoAnswer extends DerProblem {
  /** In the words of RFC 6960: "tryLater", "unauthorized"… */
  readonly status: string;

  constructor(status: number, offset: number) {
    super(`the OCSP responder gave no answer (status ${status})`, offset);
    this.status = RESPONSE_STATUS[status] ?? String(status);
  }
}

/**
 * Reads an OCSPResponse, or a bare BasicOCSPResponse as CMS attributes carry it. Throws `DerProblem`; `OcspNoAnswer` for
 * a response that says that there is no answer.
 */
export function parseOcspResponse(bytes: Uint8Array): OcspResponse {
  const root = readDer(bytes, { allowBer: true });
  const [first, second] = sequenceOf(root, "OCSP response");
  if (first?.isUniversal(TAG.enumerated) !== true) {
    return parseBasic(root);
  }
  const status = readEnumerated(first);
  const body = second?.children[0];
  if (status !== 0) {
    throw new OcspNoAnswer(status, first.start);
  }
  if (body === undefined) {
    throw new DerProblem("OCSP response without content", first.start);
  }
  const [type, content] = sequenceOf(body, "OCSP response bytes");
  if (readOid(type) !== OID.ocspBasic) {
    throw new DerProblem("unknown kind of OCSP response", body.start);
  }
  return parseBasic(readDer(readOctetString(content), { allowBer: true }));
}

function parseBasic(root: DerNode): OcspResponse {
  const [tbs, algorithm, signature, certificates] = sequenceOf(root, "basic OCSP response");
  const all = sequenceOf(tbs, "OCSP response data", root);
  const [responder, producedAt, responses, extensionNode] = all[0]?.isContext(0) === true ? all.slice(1) : all;
  if (tbs === undefined || algorithm === undefined || responder === undefined) {
    throw new DerProblem("OCSP response is cut short", root.start);
  }
  const list = extensionNode?.children[0];
  const extensions: ExtensionMap = list === undefined ? new Map() : parseExtensions(list);
  return {
    der: root.raw,
    tbs: tbs.raw,
    responder: parseResponder(responder),
    producedAt: readTime(producedAt, "produced at", tbs),
    responses: sequenceOf(responses, "OCSP responses", tbs).map(parseSingle),
    extensions,
    nonce: extensions.get(OID.ocspNonce)?.value,
    scheme: signatureScheme(parseAlgorithmIdentifier(algorithm.raw)),
    signature: readBitString(signature, "OCSP signature", root).bytes,
    certificates: (certificates?.children[0]?.children ?? []).map((node) => knownCertificate(node.raw)),
  };
}

function parseResponder(node: DerNode): OcspResponderId {
  const [inner] = node.children;
  if (inner === undefined) {
    throw new DerProblem("OCSP responder is empty", node.start);
  }
  return node.isContext(1)
    ? { kind: "name", name: parseName(inner) }
    : { kind: "key", keyHash: readOctetString(inner, "responder key hash") };
}

function parseSingle(node: DerNode): OcspSingleResponse {
  const [id, status, thisUpdate, ...rest] = sequenceOf(node, "single OCSP response");
  const [algorithm, nameHash, keyHash, serial] = sequenceOf(id, "certificate identifier", node);
  if (status === undefined) {
    throw new DerProblem("OCSP status is missing", node.start);
  }
  const nextUpdate = rest.find((field) => field.isContext(0))?.children[0];
  return {
    digestOid: readOid(sequenceOf(algorithm, "hash algorithm")[0]),
    issuerNameHash: readOctetString(nameHash, "issuer name hash"),
    issuerKeyHash: readOctetString(keyHash, "issuer key hash"),
    serialNumber: readInteger(serial, "serial number"),
    status: parseStatus(status),
    thisUpdate: readTime(thisUpdate, "this update", node),
    nextUpdate: nextUpdate === undefined ? undefined : readTime(nextUpdate, "next update"),
    hasUnknownCriticalExtension: rest.some((field) => field.isContext(1) && hasCritical(field.children[0])),
  };
}

/** RFC 6960 4.4: extensions of single answers are not to be critical; one that is may change what the answer means. */
const hasCritical = (list: DerNode | undefined): boolean =>
  list !== undefined && [...parseExtensions(list).values()].some(({ critical }) => critical);

function parseStatus(node: DerNode): OcspCertificateStatus {
  if (node.isContext(0)) {
    return { kind: "good" };
  }
  if (!node.isContext(1)) {
    return { kind: "unknown" };
  }
  const [time, reason] = node.children;
  const code = reason?.children[0];
  return {
    kind: "revoked",
    time: readTime(time, "revocation time", node),
    reason: code === undefined ? undefined : Number(integerOf(code.content)),
  };
}

/** The response about this certificate, if there is one; with several the newest. */
export function ocspStatusOf(
  response: OcspResponse,
  certificate: Certificate,
  issuer: Certificate,
): OcspSingleResponse | undefined {
  const key = publicKeyBits(issuer);
  return response.responses
    .filter((single) => {
      const algorithm = digestByOid(single.digestOid);
      return (
        algorithm !== undefined &&
        !single.hasUnknownCriticalExtension &&
        single.serialNumber === certificate.serialNumber &&
        sameBytes(single.issuerNameHash, digest(algorithm, certificate.issuer.raw)) &&
        sameBytes(single.issuerKeyHash, digest(algorithm, key))
      );
    })
    .sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime())[0];
}

/** The key hashes of OCSP are over the bits alone, without algorithm and header (RFC 6960 4.1.1). */
export function publicKeyBits(certificate: Certificate): Uint8Array {
  return readBitString(readDer(certificate.spki, { allowBer: true }).children[1]).bytes;
}

export type OcspProblem =
  | "responder-missing"
  | "responder-not-authorized"
  | "signature-invalid"
  | "unknown-critical-extension";

/**
 * Checks the signature of a response and that its signer may speak for `issuer` (RFC 6960 4.2.2.2): the issuer itself,
 * or a responder that the issuer has certified for this. The responder's validity at a time is the caller's question.
 */
export function checkOcspSigner(
  response: OcspResponse,
  issuer: Certificate,
  candidates: readonly Certificate[] = [],
): { readonly ok: true; readonly responder: Certificate } | { readonly ok: false; readonly problem: OcspProblem } {
  if ([...response.extensions.values()].some(({ critical, oid }) => critical && oid !== OID.ocspNonce)) {
    return { ok: false, problem: "unknown-critical-extension" };
  }
  const named = [issuer, ...response.certificates, ...candidates].filter((candidate) =>
    isResponder(response.responder, candidate),
  );
  const { scheme } = response;
  const signer = named.find(
    (candidate) =>
      scheme !== undefined &&
      verifySignature(candidate.spki, scheme, { kind: "data", bytes: response.tbs }, response.signature) === "valid",
  );
  if (signer === undefined) {
    return { ok: false, problem: named.length === 0 ? "responder-missing" : "signature-invalid" };
  }
  const isIssuer = sameBytes(signer.spki, issuer.spki) && sameName(signer.subject, issuer.subject);
  const delegated = signer.extendedKeyUsage?.includes(OID.ocspSigning) === true && isSignedBy(signer, issuer);
  return isIssuer || delegated ? { ok: true, responder: signer } : { ok: false, problem: "responder-not-authorized" };
}

function isResponder(responder: OcspResponderId, candidate: Certificate): boolean {
  return responder.kind === "name"
    ? sameName(responder.name, candidate.subject)
    : sameBytes(responder.keyHash, digest("SHA-1", publicKeyBits(candidate)));
}
