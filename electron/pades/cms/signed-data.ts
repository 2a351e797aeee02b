import type { Certificate } from "../../pki/certificate.ts";
import { concatBytes, explicit, integer, octetString, oid, retag, sequence, setOf } from "../../pki/der-writer.ts";
import { digestOid } from "../../pki/digest.ts";
import type { DigestAlgorithm } from "../../pki/digest.ts";
import { OID } from "../../pki/oids.ts";
import { encodeScheme } from "../../pki/signature-scheme.ts";
import type { SignatureScheme } from "../../pki/signature-scheme.ts";
import { attribute } from "./signed-attributes.ts";

export interface SignedDataParts {
  readonly signer: Certificate;
  /** DER certificates, the signer's own among them. */
  readonly chain: readonly Uint8Array[];
  /** DER of the SET OF, as signed. */
  readonly signedAttributes: Uint8Array;
  /** Of the document, in the message-digest attribute. */
  readonly digest: DigestAlgorithm;
  readonly scheme: SignatureScheme;
  readonly value: Uint8Array;
  /** DER of an RFC 3161 token over `value`, or null. */
  readonly timestampToken: Uint8Array | null;
}

/** DER of the ContentInfo for /Contents: a detached SignedData with one signer (RFC 5652 5.1, EN 319 142-1 6.3). */
export function signedData(parts: SignedDataParts): Uint8Array {
  const digestAlgorithm = sequence(oid(digestOid(parts.digest))); // RFC 5754 2: parameters are absent.
  return sequence(
    oid(OID.signedData),
    explicit(
      0,
      sequence(
        // RFC 5652 5.1: version 1 with X.509 certificates only, content type id-data and issuerAndSerialNumber.
        integer(1),
        setOf([digestAlgorithm]),
        sequence(oid(OID.data)),
        retag(0, setOf(distinct(parts.chain))),
        setOf([signerInfo(parts, digestAlgorithm)]),
      ),
    ),
  );
}

function signerInfo(parts: SignedDataParts, digestAlgorithm: Uint8Array): Uint8Array {
  const unsigned =
    parts.timestampToken === null
      ? []
      : [retag(1, setOf([attribute(OID.signatureTimeStampToken, parts.timestampToken)]))];
  return sequence(
    integer(1),
    sequence(parts.signer.issuer.raw, integer(parts.signer.serialNumber)),
    digestAlgorithm,
    retag(0, parts.signedAttributes),
    encodeScheme(parts.scheme),
    octetString(parts.value),
    concatBytes(unsigned),
  );
}

function distinct(certificates: readonly Uint8Array[]): readonly Uint8Array[] {
  const seen = new Map(certificates.map((certificate) => [Buffer.from(certificate).toString("base64"), certificate]));
  return [...seen.values()];
}
