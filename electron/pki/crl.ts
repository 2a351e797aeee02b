import { verifySignature } from "./algorithms.ts";
import type { Certificate } from "./certificate.ts";
import {
  crlPointNamesOf,
  type ExtensionMap,
  type IssuingDistributionPoint,
  issuingDistributionPointOf,
  parseExtensions,
} from "./certificate-extensions.ts";
import { findEntry } from "./crl-entries.ts";
import { type DerNode, DerProblem, readDer, TAG } from "./der-reader.ts";
import { readBitString, readEnumerated, readTime, sequenceOf, toHex } from "./der-values.ts";
import { explicit } from "./der-writer.ts";
import { type Name, parseName, sameName } from "./name.ts";
import { OID } from "./oids.ts";
import { parseAlgorithmIdentifier, type SignatureScheme, signatureScheme } from "./signature-scheme.ts";

/** A certificate revocation list (RFC 5280 5.1). Its entries are read only while one is looked for. */
export interface Crl {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly issuer: Name;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly extensions: ExtensionMap;
  readonly distributionPoint: IssuingDistributionPoint | undefined;
  readonly scheme: SignatureScheme | undefined;
  readonly signature: Uint8Array;
  /** The SEQUENCE OF entries; undefined when nothing is revoked. */
  readonly entries: DerNode | undefined;
}

/** Throws `DerProblem`. */
export function parseCrl(bytes: Uint8Array): Crl {
  const root = readDer(bytes, { allowBer: true });
  const [tbs, algorithm, signature] = sequenceOf(root, "CRL");
  if (tbs === undefined || algorithm === undefined) {
    throw new DerProblem("not a CRL", 0);
  }
  const all = sequenceOf(tbs, "CRL data");
  const fields = all[0]?.isUniversal(TAG.integer) === true ? all.slice(1) : all;
  const [, issuer, thisUpdate, ...rest] = fields;
  if (issuer === undefined) {
    throw new DerProblem("CRL issuer is missing", tbs.start);
  }
  const nextUpdate = rest[0]?.isUniversal(TAG.utcTime) === true || rest[0]?.isUniversal(TAG.generalizedTime) === true;
  const list = rest.find((field) => field.isContext(0))?.children[0];
  const extensions: ExtensionMap = list === undefined ? new Map() : parseExtensions(list);
  return {
    der: bytes,
    tbs: tbs.raw,
    issuer: parseName(issuer),
    thisUpdate: readTime(thisUpdate, "this update", tbs),
    nextUpdate: nextUpdate ? readTime(rest[0]) : undefined,
    extensions,
    distributionPoint: issuingDistributionPointOf(extensions),
    scheme: signatureScheme(parseAlgorithmIdentifier(algorithm.raw)),
    signature: readBitString(signature, "CRL signature", root).bytes,
    entries: rest.find((field) => field.isUniversal(TAG.sequence)),
  };
}

export interface RevokedEntry {
  readonly time: Date;
  /** CRLReason (RFC 5280 5.3.1). */
  readonly reason: number | undefined;
}

/** Looks through the entries without keeping them: linear in their number. */
export function findRevoked(crl: Crl, serialNumber: bigint): RevokedEntry | undefined {
  const entry = crl.entries === undefined ? undefined : findEntry(crl.entries, serialNumber);
  if (entry === undefined) {
    return undefined;
  }
  const [, time, extensions] = sequenceOf(entry, "CRL entry");
  const reason = extensions === undefined ? undefined : parseExtensions(extensions).get(OID.reasonCode);
  return {
    time: readTime(time, "revocation time", entry),
    reason: reason === undefined ? undefined : readEnumerated(readDer(reason.value)),
  };
}

export type CrlProblem =
  | "other-issuer"
  | "signature-invalid"
  | "unknown-critical-extension"
  | "partial"
  | "not-allowed";

const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.issuingDistributionPoint,
  OID.crlNumber,
  OID.authorityKeyIdentifier,
]);

/**
 * RFC 5280 6.3.3 (b) (2) (i): a list for one point is silent about certificates that point elsewhere, so its silence is
 * no good news about them. A certificate without points is looked for where its issuer's name leads.
 */
function isForPointOf(about: Certificate, { pointNames }: IssuingDistributionPoint): boolean {
  if (pointNames.length === 0) {
    return true;
  }
  const own = crlPointNamesOf(about.extensions);
  const issuer = toHex(explicit(4, about.issuer.raw));
  return pointNames.some((name) => (own.size === 0 ? name === issuer : own.has(name)));
}

/**
 * Whether this CRL, signed by `issuer`, answers for certificates that `issuer` issued (RFC 5280 6.3.3). Delta, indirect
 * and partial lists are not used: they cannot say that something is *not* revoked.
 */
export function checkCrl(crl: Crl, issuer: Certificate, about: Certificate): CrlProblem | undefined {
  if (!sameName(crl.issuer, issuer.subject) || !sameName(about.issuer, crl.issuer)) {
    return "other-issuer";
  }
  if (issuer.keyUsage !== undefined && !issuer.keyUsage.has("cRLSign")) {
    return "not-allowed";
  }
  const critical = [...crl.extensions.values()].filter((extension) => extension.critical).map(({ oid }) => oid);
  if (crl.extensions.has(OID.deltaCrlIndicator)) {
    return "partial";
  }
  if (critical.some((oid) => !UNDERSTOOD.has(oid))) {
    return "unknown-critical-extension";
  }
  const point = crl.distributionPoint;
  const isCa = about.basicConstraints?.ca === true;
  if (
    point !== undefined &&
    (point.indirect ||
      point.onlySomeReasons ||
      point.onlyAttributeCertificates ||
      (isCa ? point.onlyUserCertificates : point.onlyCaCertificates))
  ) {
    return "partial";
  }
  if (point !== undefined && !isForPointOf(about, point)) {
    return "partial";
  }
  const { scheme } = crl;
  const valid =
    scheme !== undefined &&
    verifySignature(issuer.spki, scheme, { kind: "data", bytes: crl.tbs }, crl.signature) === "valid";
  return valid ? undefined : "signature-invalid";
}
