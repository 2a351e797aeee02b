import { type Certificate } from "./certificate.ts";
import { attributesNamed, type CmsAttribute, type SignerIdentifier } from "./cms-signed-data.ts";
import { type DerNode, TAG } from "./der-reader.ts";
import { readInteger, readOctetString, readOid, sameBytes, sequenceOf } from "./der-values.ts";
import { type DigestAlgorithm, digest, digestByOid } from "./digest.ts";
import { parseName, sameName } from "./name.ts";
import { OID } from "./oids.ts";

/** What the ESS attribute says about a certificate. */
export type SigningCertificateMatch =
  | { readonly kind: "match"; readonly version: 1 | 2; readonly digest: DigestAlgorithm }
  | { readonly kind: "absent" }
  | { readonly kind: "mismatch" }
  /** More than one attribute, or an unknown digest. */
  | { readonly kind: "unclear" };

/**
 * Compares signing-certificate (RFC 2634 5.4, SHA-1) or signing-certificate-v2 (RFC 5035 3) with the certificate. Only
 * the first entry names the signer. Throws `DerProblem` when malformed.
 */
export function matchSigningCertificate(
  attributes: readonly CmsAttribute[],
  certificate: Certificate,
): SigningCertificateMatch {
  const second = attributesNamed(attributes, OID.signingCertificateV2);
  const first = attributesNamed(attributes, OID.signingCertificate);
  if (first.length + second.length === 0) {
    return { kind: "absent" };
  }
  if (first.length > 1 || second.length > 1) {
    return { kind: "unclear" };
  }
  // Both together are allowed in CMS as long as each is right.
  const judged = [
    ...second.map((attribute) => matchAttribute(attribute, certificate, 2)),
    ...first.map((attribute) => matchAttribute(attribute, certificate, 1)),
  ];
  return judged.find(({ kind }) => kind !== "match") ?? judged[0] ?? { kind: "absent" };
}

function matchAttribute(attribute: CmsAttribute, certificate: Certificate, version: 1 | 2): SigningCertificateMatch {
  const [value, ...more] = attribute.values;
  const [list] = sequenceOf(value, "signing certificate");
  const [entry] = sequenceOf(list, "certificate identifiers", value);
  if (entry === undefined || more.length > 0) {
    return { kind: "unclear" };
  }
  const fields = sequenceOf(entry, "certificate identifier");
  const named = version === 2 && fields[0]?.isUniversal(TAG.sequence) === true ? fields[0] : undefined;
  const rest = named === undefined ? fields : fields.slice(1);
  const algorithm = hashAlgorithm(version, named);
  if (algorithm === undefined) {
    return { kind: "unclear" };
  }
  const hash = readOctetString(rest[0], "certificate hash", entry);
  const hashFits = sameBytes(hash, digest(algorithm, certificate.der));
  return hashFits && issuerFits(rest[1], certificate)
    ? { kind: "match", version, digest: algorithm }
    : { kind: "mismatch" };
}

function hashAlgorithm(version: 1 | 2, named: DerNode | undefined): DigestAlgorithm | undefined {
  if (version === 1) {
    return "SHA-1";
  }
  // RFC 5035 4: SHA-256 is the default and then left out.
  return named === undefined ? "SHA-256" : digestByOid(readOid(named.children[0]));
}

/** IssuerSerial with one directoryName; optional. */
function issuerFits(node: DerNode | undefined, certificate: Certificate): boolean {
  if (node === undefined) {
    return true;
  }
  const [names, serial] = sequenceOf(node, "issuer and serial");
  const [general] = sequenceOf(names, "issuer names", node);
  if (readInteger(serial, "serial number", node) !== certificate.serialNumber) {
    return false;
  }
  const [directoryName] = general?.isContext(4) === true ? general.children : [];
  return directoryName === undefined || sameName(parseName(directoryName), certificate.issuer);
}

export function identifies(identifier: SignerIdentifier, certificate: Certificate): boolean {
  if (identifier.kind === "issuer-and-serial") {
    return identifier.serialNumber === certificate.serialNumber && sameName(identifier.issuer, certificate.issuer);
  }
  const { subjectKeyIdentifier } = certificate;
  return subjectKeyIdentifier !== undefined && sameBytes(identifier.keyIdentifier, subjectKeyIdentifier);
}
