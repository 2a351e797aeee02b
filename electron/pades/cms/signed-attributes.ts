import { sha256 } from "../../pki/algorithms.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { explicit, integer, octetString, oid, sequence, setOf } from "../../pki/der-writer.ts";
import { OID } from "../../pki/oids.ts";

/**
 * DER of the signed attributes as a SET OF: what the signature value is made over (RFC 5652 5.4).
 *
 * PAdES baseline (ETSI EN 319 142-1 6.3): content-type, message-digest and signing-certificate-v2, and no
 * signing-time: the claimed time stands in /M.
 */
export function signedAttributes(documentDigest: Uint8Array, signer: Certificate): Uint8Array {
  return setOf([
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.messageDigest, octetString(documentDigest)),
    attribute(OID.signingCertificateV2, signingCertificateV2(signer)),
  ]);
}

export const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(oid(type), setOf([value]));

/**
 * SigningCertificateV2 (RFC 5035 3) with one ESSCertIDv2. The hash algorithm is SHA-256, which is the default and so is
 * left out in DER; issuerSerial protects the certificate's issuer too.
 */
function signingCertificateV2(signer: Certificate): Uint8Array {
  // GeneralName: [4] directoryName is EXPLICIT, because Name is a CHOICE (X.680 31.2.7).
  const issuerSerial = sequence(sequence(explicit(4, signer.issuer.raw)), integer(signer.serialNumber));
  return sequence(sequence(sequence(octetString(sha256(signer.der)), issuerSerial)));
}
