import {
  accessUrlsOf,
  authorityKeyIdentifierOf,
  type AccessUrls,
  type BasicConstraints,
  basicConstraintsOf,
  crlUrlsOf,
  type ExtensionMap,
  extendedKeyUsageOf,
  type KeyUsage,
  keyUsageOf,
  parseExtensions,
  policiesOf,
  type QcStatements,
  qcStatementsOf,
  subjectKeyIdentifierOf,
} from "./certificate-extensions.ts";
import { type DerNode, DerProblem, readDer } from "./der-reader.ts";
import { readBitString, readInteger, readTime, sameBytes, sequenceOf, toHex } from "./der-values.ts";
import { sha256 } from "./digest.ts";
import { displayName, type Name, parseName } from "./name.ts";
import { OID } from "./oids.ts";
import { decodePem } from "./pem.ts";
import { type PublicKeyInfo, parsePublicKey } from "./public-key.ts";
import {
  type AlgorithmIdentifier,
  parseAlgorithmIdentifier,
  type SignatureScheme,
  signatureScheme,
} from "./signature-scheme.ts";

/** An X.509 certificate (RFC 5280 4.1). All byte arrays are views into `der`. */
export interface Certificate {
  readonly der: Uint8Array;
  /** What the issuer signed. */
  readonly tbs: Uint8Array;
  readonly serialNumber: bigint;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER of SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly publicKey: PublicKeyInfo | undefined;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  /** Undefined when we do not know the algorithm. */
  readonly signatureScheme: SignatureScheme | undefined;
  readonly signatureValue: Uint8Array;
  readonly extensions: ExtensionMap;
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly basicConstraints: BasicConstraints | undefined;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  readonly accessUrls: AccessUrls;
  readonly crlUrls: readonly string[];
  readonly policies: readonly string[];
  readonly qcStatements: QcStatements | undefined;
  /** noRevAvail (RFC 9608) or validity-assured short term (EN 319 412-1): nothing to ask about revocation. */
  readonly withoutRevocation: boolean;
}

/** Throws `DerProblem` when the bytes are not one certificate. */
export function parseCertificate(der: Uint8Array): Certificate {
  const root = readDer(der, { allowBer: true });
  const [tbs, algorithm, signature] = sequenceOf(root, "certificate");
  if (tbs === undefined || algorithm === undefined) {
    throw new DerProblem("not a certificate", 0);
  }
  const fields = tbsFields(tbs);
  // RFC 5280 4.1.1.2: the algorithm outside must be the one inside, which is signed.
  if (!sameBytes(fields.algorithm.raw, algorithm.raw)) {
    throw new DerProblem("the two signature algorithms of the certificate differ", algorithm.start);
  }
  const signatureAlgorithm = parseAlgorithmIdentifier(algorithm.raw);
  const [notBefore, notAfter] = sequenceOf(fields.validity, "validity");
  const { extensions } = fields;
  return {
    der,
    tbs: tbs.raw,
    serialNumber: readInteger(fields.serial, "serial number"),
    issuer: parseName(fields.issuer),
    subject: parseName(fields.subject),
    notBefore: readTime(notBefore, "not before", fields.validity),
    notAfter: readTime(notAfter, "not after", fields.validity),
    spki: fields.spki.raw,
    publicKey: parsePublicKey(fields.spki.raw),
    signatureAlgorithm,
    signatureScheme: signatureScheme(signatureAlgorithm),
    signatureValue: readBitString(signature, "signature", root).bytes,
    extensions,
    keyUsage: keyUsageOf(extensions),
    extendedKeyUsage: extendedKeyUsageOf(extensions),
    basicConstraints: basicConstraintsOf(extensions),
    subjectKeyIdentifier: subjectKeyIdentifierOf(extensions),
    authorityKeyIdentifier: authorityKeyIdentifierOf(extensions),
    accessUrls: accessUrlsOf(extensions),
    crlUrls: crlUrlsOf(extensions),
    policies: policiesOf(extensions),
    qcStatements: qcStatementsOf(extensions),
    withoutRevocation: isWithoutRevocation(extensions),
  };
}

/**
 * SECURITY: RFC 9608 2 and 3: noRevAvail is for end entities alone, and not beside an address where revocation could be
 * asked for. Where it stands all the same it excuses nobody: the certificate is asked about like any other.
 */
function isWithoutRevocation(extensions: ExtensionMap): boolean {
  const isAuthority = basicConstraintsOf(extensions)?.ca === true;
  const hasAddress =
    extensions.has(OID.crlDistributionPoints) ||
    extensions.has(OID.freshestCrl) ||
    accessUrlsOf(extensions).ocsp.length > 0;
  const none = extensions.has(OID.noRevocationAvailable) && !hasAddress;
  return !isAuthority && (none || extensions.has(OID.validityAssuredShortTerm));
}

interface TbsFields {
  readonly serial: DerNode;
  readonly algorithm: DerNode;
  readonly issuer: DerNode;
  readonly validity: DerNode;
  readonly subject: DerNode;
  readonly spki: DerNode;
  readonly extensions: ExtensionMap;
}

function tbsFields(tbs: DerNode): TbsFields {
  const all = sequenceOf(tbs, "to be signed certificate");
  const fields = all[0]?.isContext(0) === true ? all.slice(1) : all;
  const [serial, algorithm, issuer, validity, subject, spki, ...rest] = fields;
  if (
    serial === undefined ||
    algorithm === undefined ||
    issuer === undefined ||
    validity === undefined ||
    subject === undefined ||
    spki === undefined
  ) {
    throw new DerProblem("certificate fields are missing", tbs.start);
  }
  const list = rest.find((field) => field.isContext(3))?.children[0];
  const extensions: ExtensionMap = list === undefined ? new Map() : parseExtensions(list);
  return { serial, algorithm, issuer, validity, subject, spki, extensions };
}

/** Every certificate of a PEM text, or the one of a DER file. Throws `DerProblem`. */
export function parseCertificates(file: Uint8Array): readonly Certificate[] {
  if (file[0] === 0x30) {
    return [parseCertificate(file)];
  }
  return decodePem(new TextDecoder("latin1").decode(file), "CERTIFICATE").map(parseCertificate);
}

/** Every certificate of texts in settings, where one that cannot be read is trusted as little as one that is not there. */
export function readableCertificates(pems: readonly string[]): readonly Certificate[] {
  return pems.flatMap((pem) => {
    try {
      return parseCertificates(new TextEncoder().encode(pem));
    } catch (problem) {
      if (problem instanceof DerProblem) {
        return [];
      }
      throw problem;
    }
  });
}

/** Common name of the subject, or what comes closest. */
export const subjectName = (certificate: Certificate): string => displayName(certificate.subject);

export const issuerName = (certificate: Certificate): string => displayName(certificate.issuer);

/** Lower-case hexadecimal SHA-256 of the whole certificate. */
export const fingerprint = (certificate: Certificate): string => toHex(sha256(certificate.der));

export const sameCertificate = (a: Certificate, b: Certificate): boolean => sameBytes(a.der, b.der);
