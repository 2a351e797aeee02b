import type { Certificate } from "./certificate.ts";
import { parseExtensions } from "./certificate-extensions.ts";
import { readDer, TAG } from "./der-reader.ts";
import { expectTag, readInteger, readOctetString, readOid, sequenceOf } from "./der-values.ts";
import * as der from "./der-writer.ts";
import { digest, digestOid } from "./digest.ts";
import { publicKeyBits } from "./ocsp.ts";
import { OID } from "./oids.ts";

/** OCSPRequest for one certificate (RFC 6960 4.1.1), hashes by SHA-1 as every responder expects. */
export function ocspRequest(certificate: Certificate, issuer: Certificate, nonce?: Uint8Array): Uint8Array {
  const id = der.sequence(
    der.sequence(der.oid(digestOid("SHA-1")), der.nullValue()),
    der.octetString(digest("SHA-1", certificate.issuer.raw)),
    der.octetString(digest("SHA-1", publicKeyBits(issuer))),
    der.integer(certificate.serialNumber),
  );
  const extensions =
    nonce === undefined
      ? []
      : [der.explicit(2, der.sequence(der.sequence(der.oid(OID.ocspNonce), der.octetString(der.octetString(nonce)))))];
  return der.sequence(der.sequence(der.sequence(der.sequence(id)), ...extensions));
}

export interface ParsedOcspRequest {
  readonly digestOid: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialNumber: bigint;
  /** DER of CertID, to be repeated in the answer. */
  readonly certificateId: Uint8Array;
}

/** For responders (the sandbox): the certificates asked about and the nonce's extension value. Throws `DerProblem`. */
export function parseOcspRequest(bytes: Uint8Array): {
  readonly requests: readonly ParsedOcspRequest[];
  readonly nonce: Uint8Array | undefined;
} {
  const tbs = expectTag(sequenceOf(readDer(bytes), "OCSP request")[0], TAG.sequence, "OCSP request data");
  const list = tbs.children.find((field) => field.isUniversal(TAG.sequence));
  const extensions = tbs.children.find((field) => field.isContext(2))?.children[0];
  const nonce = extensions === undefined ? undefined : parseExtensions(extensions).get(OID.ocspNonce)?.value;
  const requests = sequenceOf(list, "OCSP request list", tbs).map((node): ParsedOcspRequest => {
    const id = expectTag(sequenceOf(node, "OCSP request")[0], TAG.sequence, "certificate identifier", node);
    const [algorithm, nameHash, keyHash, serial] = id.children;
    return {
      digestOid: readOid(sequenceOf(algorithm, "hash algorithm", id)[0]),
      issuerNameHash: readOctetString(nameHash, "issuer name hash", id),
      issuerKeyHash: readOctetString(keyHash, "issuer key hash", id),
      serialNumber: readInteger(serial, "serial number", id),
      certificateId: id.raw,
    };
  });
  return { requests, nonce };
}
