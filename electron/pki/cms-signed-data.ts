import type { Certificate } from "./certificate.ts";
import { type DerNode, DerProblem, readDer, TAG } from "./der-reader.ts";
import {
  expectTag,
  joinedOctets,
  readInteger,
  readOctetString,
  readOid,
  readSmallInteger,
  sequenceOf,
} from "./der-values.ts";
import { element } from "./der-writer.ts";
import { type DigestAlgorithm, digestByOid } from "./digest.ts";
import { type Name, parseName } from "./name.ts";
import { knownCertificate } from "./known-certificates.ts";
import { OID } from "./oids.ts";
import { parseAlgorithmIdentifier, type SignatureScheme, signatureScheme } from "./signature-scheme.ts";

export interface CmsAttribute {
  readonly oid: string;
  /** Members of the SET OF values. */
  readonly values: readonly DerNode[];
}

export type SignerIdentifier =
  | { readonly kind: "issuer-and-serial"; readonly issuer: Name; readonly serialNumber: bigint }
  | { readonly kind: "key-identifier"; readonly keyIdentifier: Uint8Array };

/** One SignerInfo (RFC 5652 5.3). */
export interface SignerInfo {
  readonly identifier: SignerIdentifier;
  readonly digestOid: string;
  /** Undefined when we do not know the algorithm. */
  readonly digestAlgorithm: DigestAlgorithm | undefined;
  readonly signatureOid: string;
  readonly scheme: SignatureScheme | undefined;
  /** Undefined when there are none: then the value is over the content itself. */
  readonly signedAttributes: readonly CmsAttribute[] | undefined;
  /** What the value is over: the attributes' own bytes with the identifier of SET OF (RFC 5652 5.4). */
  readonly signedAttributesDer: Uint8Array | undefined;
  readonly signature: Uint8Array;
  readonly unsignedAttributes: readonly CmsAttribute[];
}

export interface SignedData {
  /** Bytes of the ContentInfo; what follows in a /Contents is padding. */
  readonly length: number;
  /** Somewhere in it BER is used that is not DER. */
  readonly usesBer: boolean;
  readonly contentType: string;
  /** The enclosed content; undefined when detached. */
  readonly content: Uint8Array | undefined;
  readonly digestOids: readonly string[];
  readonly certificates: readonly Certificate[];
  /** Certificates that could not be parsed, or of other kinds. */
  readonly unreadableCertificates: number;
  readonly crls: readonly Uint8Array[];
  /** DER of OCSPResponse (RFC 5940). */
  readonly ocspResponses: readonly Uint8Array[];
  readonly signerInfos: readonly SignerInfo[];
}

/**
 * Reads a ContentInfo with SignedData (RFC 5652), BER or DER; bytes behind it are left alone (see `length`). Throws
 * `DerProblem`.
 */
export function parseSignedData(bytes: Uint8Array): SignedData {
  const root = readDer(bytes, { allowBer: true, allowTrailing: true });
  const [type, wrapped, ...surplus] = sequenceOf(root, "CMS content");
  if (readOid(type, "content type", root) !== OID.signedData || wrapped?.isContext(0) !== true) {
    throw new DerProblem("the CMS is no SignedData", root.start);
  }
  // SECURITY: what no field explains may not stand inside; otherwise the padding could be drawn in unseen.
  if (surplus.length > 0 || wrapped.children.length !== 1) {
    throw new DerProblem("the CMS has more parts than it should", root.start);
  }
  const signedData = sequenceOf(wrapped.children[0], "SignedData", wrapped);
  const [version, digests, encapsulated, ...rest] = signedData;
  // RFC 5652 5.1 knows 1, 3, 4 and 5; the number itself decides nothing.
  checkVersion(readSmallInteger(version, "SignedData version", wrapped), [1, 3, 4, 5], wrapped);
  const [contentType, content] = sequenceOf(encapsulated, "enclosed content", wrapped);
  const certificates = certificatesOf(rest.find((field) => field.isContext(0)));
  const revocation = revocationOf(rest.find((field) => field.isContext(1)));
  const signers = expectTag(rest.at(-1), TAG.set, "signer infos", wrapped);
  if (rest.slice(0, -1).some((field) => !field.isContext(0) && !field.isContext(1)) || rest.length > 3) {
    throw new DerProblem("SignedData has more parts than it should", wrapped.start);
  }
  return {
    length: root.end,
    usesBer: root.usesBer(),
    contentType: readOid(contentType, "enclosed content type", encapsulated),
    content: content === undefined ? undefined : contentOf(content),
    digestOids: expectTag(digests, TAG.set, "digest algorithms", wrapped).children.map(
      (node) => parseAlgorithmIdentifier(node.raw).oid,
    ),
    ...certificates,
    ...revocation,
    signerInfos: signers.children.map(parseSignerInfo),
  };
}

function checkVersion(version: number, known: readonly number[], node: DerNode): void {
  if (!known.includes(version)) {
    throw new DerProblem(`unknown CMS version ${version}`, node.start);
  }
}

/** [0] EXPLICIT OCTET STRING; PKCS#7 1.5 allowed any type there. */
function contentOf(wrapper: DerNode): Uint8Array {
  const [content] = wrapper.children;
  if (content === undefined) {
    return new Uint8Array();
  }
  return content.isUniversal(TAG.octetString) ? joinedOctets(content) : content.content;
}

function certificatesOf(set: DerNode | undefined): {
  readonly certificates: readonly Certificate[];
  readonly unreadableCertificates: number;
} {
  const certificates: Certificate[] = [];
  let unreadableCertificates = 0;
  for (const node of set?.children ?? []) {
    try {
      certificates.push(knownCertificate(expectTag(node, TAG.sequence, "certificate").raw));
    } catch (error) {
      if (!(error instanceof DerProblem)) {
        throw error;
      }
      // One odd certificate must not hide the others; a signer that is among the unreadable ones is reported as missing.
      unreadableCertificates += 1;
    }
  }
  return { certificates, unreadableCertificates };
}

const RI_OCSP_RESPONSE = "1.3.6.1.5.5.7.16.2";

function revocationOf(set: DerNode | undefined): {
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
} {
  const crls: Uint8Array[] = [];
  const ocspResponses: Uint8Array[] = [];
  for (const node of set?.children ?? []) {
    if (node.isUniversal(TAG.sequence)) {
      crls.push(node.raw);
      continue;
    }
    const [format, info] = node.isContext(1) ? node.children : [];
    if (format !== undefined && info !== undefined && readOid(format) === RI_OCSP_RESPONSE) {
      ocspResponses.push(info.raw);
    }
  }
  return { crls, ocspResponses };
}

function parseSignerInfo(node: DerNode): SignerInfo {
  const [version, sid, digestNode, ...rest] = sequenceOf(node, "signer info");
  // RFC 5652 5.3: 1 or 3, by the kind of identifier; signers mix the two up.
  checkVersion(readSmallInteger(version, "signer info version", node), [1, 3], node);
  if (sid === undefined || digestNode === undefined) {
    throw new DerProblem("signer info is cut short", node.start);
  }
  const signedNode = rest[0]?.isContext(0) === true ? rest[0] : undefined;
  const [algorithmNode, signatureNode, unsignedNode, ...surplus] = signedNode === undefined ? rest : rest.slice(1);
  if (surplus.length > 0 || (unsignedNode !== undefined && !unsignedNode.isContext(1))) {
    throw new DerProblem("signer info has more parts than it should", node.start);
  }
  if (algorithmNode === undefined) {
    throw new DerProblem("signature algorithm is missing", node.start);
  }
  const digestOid = parseAlgorithmIdentifier(digestNode.raw).oid;
  const digestAlgorithm = digestByOid(digestOid);
  const algorithm = parseAlgorithmIdentifier(algorithmNode.raw);
  return {
    identifier: parseIdentifier(sid),
    digestOid,
    digestAlgorithm,
    signatureOid: algorithm.oid,
    scheme: signatureScheme(algorithm, digestAlgorithm),
    signedAttributes: signedNode === undefined ? undefined : attributesOf(signedNode),
    signedAttributesDer: signedNode === undefined ? undefined : asSetOf(signedNode),
    signature: readOctetString(signatureNode, "signature value", node),
    unsignedAttributes: unsignedNode?.isContext(1) === true ? attributesOf(unsignedNode) : [],
  };
}

function parseIdentifier(sid: DerNode): SignerIdentifier {
  if (sid.isContext(0)) {
    return { kind: "key-identifier", keyIdentifier: joinedOctetsOfTagged(sid) };
  }
  const [issuer, serial] = sequenceOf(sid, "signer identifier");
  if (issuer === undefined) {
    throw new DerProblem("signer identifier is empty", sid.start);
  }
  return {
    kind: "issuer-and-serial",
    issuer: parseName(issuer),
    serialNumber: readInteger(serial, "serial number", sid),
  };
}

/** [0] IMPLICIT OCTET STRING; written EXPLICIT by some. */
function joinedOctetsOfTagged(node: DerNode): Uint8Array {
  return node.constructed ? joinedOctets(expectTag(node.children[0], TAG.octetString, "key identifier")) : node.content;
}

function attributesOf(set: DerNode): readonly CmsAttribute[] {
  return set.children.map((node) => {
    const [type, values] = sequenceOf(node, "attribute");
    return {
      oid: readOid(type, "attribute type", node),
      values: expectTag(values, TAG.set, "attribute values", node).children,
    };
  });
}

/**
 * The bytes as they were written, only the identifier replaced: sorting or re-encoding them would make signatures of
 * signers fail that did not write DER. An indefinite length must become a definite one (RFC 5652 5.4: DER is signed).
 */
function asSetOf(node: DerNode): Uint8Array {
  if (node.berLength) {
    return element(0x31, node.content);
  }
  const bytes = Uint8Array.from(node.raw);
  bytes[0] = 0x31;
  return bytes;
}

/** All attributes of one type. */
export const attributesNamed = (attributes: readonly CmsAttribute[], oid: string): readonly CmsAttribute[] =>
  attributes.filter((attribute) => attribute.oid === oid);
