import { sha256 } from "../../electron/pki/algorithms.ts";
import * as der from "../../electron/pki/der-writer.ts";
import { OID } from "../../electron/pki/oids.ts";
import { encodeScheme, type SignatureScheme } from "../../electron/pki/signature-scheme.ts";
import { ECDSA, type Identity, nameOf } from "./test-authority.ts";

/** What is done to an otherwise honest CMS signature. */
export interface CmsOptions {
  readonly who: Identity;
  readonly scheme?: SignatureScheme;
  readonly schemeDer?: Uint8Array;
  readonly digestOid?: string;
  readonly listedDigestOid?: string;
  readonly contentType?: string;
  readonly enclosed?: Uint8Array;
  readonly certificates?: readonly Uint8Array[];
  /** Rewrites the signed attributes before they are signed. */
  readonly attributes?: (attributes: readonly Uint8Array[]) => readonly Uint8Array[];
  readonly withoutAttributes?: boolean;
  readonly unsigned?: (value: Uint8Array) => readonly Uint8Array[];
  readonly copies?: number;
  /** Replaces the value after signing. */
  readonly value?: (value: Uint8Array) => Uint8Array;
  readonly attributeContentType?: string;
  readonly signerIdentifier?: Uint8Array;
}

export const attribute = (oid: string, ...values: readonly Uint8Array[]): Uint8Array =>
  der.sequence(der.oid(oid), der.setOf(values));

const algorithm = (oid: string): Uint8Array => der.sequence(der.oid(oid));

export const signingCertificateV2 = (who: Identity): Uint8Array =>
  attribute(
    OID.signingCertificateV2,
    der.sequence(der.sequence(der.sequence(der.octetString(sha256(who.certificate))))),
  );

export const issuerAndSerial = (who: Identity): Uint8Array => der.sequence(nameOf(who.issuer), der.integer(who.serial));

const honestAttributes = (who: Identity, digest: Uint8Array, contentType: string): readonly Uint8Array[] => [
  attribute(OID.contentType, der.oid(contentType)),
  attribute(OID.messageDigest, der.octetString(digest)),
  signingCertificateV2(who),
];

/** A CMS SignedData over content of which only the digest is given. */
export function makeCms(digest: Uint8Array, options: CmsOptions): Uint8Array {
  const { who } = options;
  const contentType = options.contentType ?? OID.data;
  const digestOid = options.digestOid ?? OID.sha256;
  const scheme = options.scheme ?? ECDSA;
  const honest = honestAttributes(who, digest, options.attributeContentType ?? contentType);
  const attributes = der.setOf([...(options.attributes?.(honest) ?? honest)]);
  const signed =
    options.withoutAttributes === true ? who.key.signDigest(scheme, digest) : who.key.sign(scheme, attributes);
  const value = options.value?.(signed) ?? signed;
  const unsigned = options.unsigned?.(value);
  const signer = der.sequence(
    der.integer(1),
    options.signerIdentifier ?? issuerAndSerial(who),
    algorithm(digestOid),
    ...(options.withoutAttributes === true ? [] : [der.retag(0, attributes)]),
    options.schemeDer ?? encodeScheme(scheme),
    der.octetString(value),
    ...(unsigned === undefined ? [] : [der.retag(1, der.setOf([...unsigned]))]),
  );
  const certificates = options.certificates ?? [who.certificate];
  const signedData = der.sequence(
    der.integer(contentType === OID.data ? 1 : 3),
    der.set(algorithm(options.listedDigestOid ?? digestOid)),
    der.sequence(
      der.oid(contentType),
      ...(options.enclosed === undefined ? [] : [der.explicit(0, der.octetString(options.enclosed))]),
    ),
    ...(certificates.length === 0 ? [] : [der.implicit(0, der.concatBytes([...certificates]), true)]),
    der.set(...Array.from({ length: options.copies ?? 1 }, () => signer)),
  );
  return der.sequence(der.oid(OID.signedData), der.explicit(0, signedData));
}

/** An RFC 3161 token over a SHA-256 digest. */
export function makeTimestamp(
  imprint: Uint8Array,
  who: Identity,
  time: string,
  change: Partial<CmsOptions> = {},
): Uint8Array {
  const info = der.sequence(
    der.integer(1),
    der.oid("1.2.3.4.5"),
    der.sequence(algorithm(OID.sha256), der.octetString(imprint)),
    der.integer(4711),
    der.generalizedTime(new Date(time)),
  );
  return makeCms(sha256(info), { who, contentType: OID.tstInfo, enclosed: info, ...change });
}
