import { DerProblem, readDer } from "./der-reader.ts";
import { readOid, readSmallInteger, sequenceOf } from "./der-values.ts";
import * as der from "./der-writer.ts";
import { type DigestAlgorithm, digestByOid, digestOid } from "./digest.ts";
import { OID } from "./oids.ts";

/** How a signature value was made. */
export type SignatureScheme =
  | { readonly kind: "rsa-pkcs1"; readonly digest: DigestAlgorithm }
  | {
      readonly kind: "rsa-pss";
      readonly digest: DigestAlgorithm;
      readonly mgfDigest: DigestAlgorithm;
      readonly saltLength: number;
    }
  /** "der": SEQUENCE of r and s (RFC 3279); "plain": r ‖ s (BSI TR-03111). */
  | { readonly kind: "ecdsa"; readonly digest: DigestAlgorithm; readonly format: "der" | "plain" }
  | { readonly kind: "ed25519" }
  | { readonly kind: "ed448" };

const RSA_PKCS1: Readonly<Record<string, DigestAlgorithm>> = {
  [OID.md5WithRsa]: "MD5",
  [OID.ripemd160WithRsa]: "RIPEMD-160",
  [OID.sha1WithRsa]: "SHA-1",
  [OID.sha1WithRsaOiw]: "SHA-1",
  [OID.sha224WithRsa]: "SHA-224",
  [OID.sha256WithRsa]: "SHA-256",
  [OID.sha384WithRsa]: "SHA-384",
  [OID.sha512WithRsa]: "SHA-512",
  [OID.sha512_256WithRsa]: "SHA-512/256",
  [OID.sha3_224WithRsa]: "SHA3-224",
  [OID.sha3_256WithRsa]: "SHA3-256",
  [OID.sha3_384WithRsa]: "SHA3-384",
  [OID.sha3_512WithRsa]: "SHA3-512",
};

const ECDSA_DER: Readonly<Record<string, DigestAlgorithm>> = {
  [OID.ecdsaWithSha1]: "SHA-1",
  [OID.ecdsaWithSha224]: "SHA-224",
  [OID.ecdsaWithSha256]: "SHA-256",
  [OID.ecdsaWithSha384]: "SHA-384",
  [OID.ecdsaWithSha512]: "SHA-512",
  [OID.ecdsaWithSha3_224]: "SHA3-224",
  [OID.ecdsaWithSha3_256]: "SHA3-256",
  [OID.ecdsaWithSha3_384]: "SHA3-384",
  [OID.ecdsaWithSha3_512]: "SHA3-512",
};

const ECDSA_PLAIN: Readonly<Record<string, DigestAlgorithm>> = {
  [OID.ecdsaPlainSha1]: "SHA-1",
  [OID.ecdsaPlainSha224]: "SHA-224",
  [OID.ecdsaPlainSha256]: "SHA-256",
  [OID.ecdsaPlainSha384]: "SHA-384",
  [OID.ecdsaPlainSha512]: "SHA-512",
};

/** AlgorithmIdentifier (RFC 5280 4.1.1.2): the object identifier and the raw parameters, if any. */
export interface AlgorithmIdentifier {
  readonly oid: string;
  readonly parameters: Uint8Array | undefined;
}

export function parseAlgorithmIdentifier(raw: Uint8Array): AlgorithmIdentifier {
  const [oid, parameters] = sequenceOf(readDer(raw, { allowBer: true }), "algorithm identifier");
  return { oid: readOid(oid, "algorithm"), parameters: parameters?.raw };
}

/**
 * The scheme named by an AlgorithmIdentifier; undefined when we do not know it.
 *
 * @param digest In CMS the digest stands apart and the signature algorithm may be the bare key type (rsaEncryption,
 *   ecPublicKey; RFC 3370 3.2): it fills the gap.
 */
export function signatureScheme(
  { oid, parameters }: AlgorithmIdentifier,
  digest?: DigestAlgorithm,
): SignatureScheme | undefined {
  const rsa = RSA_PKCS1[oid] ?? (oid === OID.rsaEncryption ? digest : undefined);
  if (rsa !== undefined) {
    return { kind: "rsa-pkcs1", digest: rsa };
  }
  const ecdsa = ECDSA_DER[oid] ?? (oid === OID.ecPublicKey ? digest : undefined);
  if (ecdsa !== undefined) {
    return { kind: "ecdsa", digest: ecdsa, format: "der" };
  }
  const plain = ECDSA_PLAIN[oid];
  if (plain !== undefined) {
    return { kind: "ecdsa", digest: plain, format: "plain" };
  }
  if (oid === OID.rsaPss) {
    return pssScheme(parameters);
  }
  if (oid === OID.ed25519) {
    return { kind: "ed25519" };
  }
  return oid === OID.ed448 ? { kind: "ed448" } : undefined;
}

/** RSASSA-PSS-params (RFC 4055 3.1); everything has a default. Undefined for what we do not know. */
export function pssScheme(
  parameters: Uint8Array | undefined,
): Extract<SignatureScheme, { readonly kind: "rsa-pss" }> | undefined {
  let hash: DigestAlgorithm | undefined = "SHA-1";
  let mgfDigest: DigestAlgorithm | undefined = "SHA-1";
  let saltLength = 20;
  if (parameters === undefined) {
    return { kind: "rsa-pss", digest: hash, mgfDigest, saltLength };
  }
  for (const field of sequenceOf(readDer(parameters, { allowBer: true }), "PSS parameters")) {
    const [inner] = field.children;
    if (field.isContext(0)) {
      hash = digestByOid(readOid(sequenceOf(inner, "hash algorithm", field)[0]));
    } else if (field.isContext(1)) {
      const [mgf, mgfHash] = sequenceOf(inner, "mask generation", field);
      const isMgf1 = readOid(mgf) === OID.mgf1;
      mgfDigest = isMgf1 ? digestByOid(readOid(sequenceOf(mgfHash, "mask hash", field)[0])) : undefined;
    } else if (field.isContext(2)) {
      saltLength = readSmallInteger(inner, "salt length", field);
    } else if (!field.isContext(3) || readSmallInteger(inner, "trailer field", field) !== 1) {
      return undefined;
    }
  }
  if (hash === undefined || mgfDigest === undefined || saltLength < 0 || saltLength > 512) {
    return undefined;
  }
  return { kind: "rsa-pss", digest: hash, mgfDigest, saltLength };
}

const oidFor = (table: Readonly<Record<string, DigestAlgorithm>>, digest: DigestAlgorithm): string => {
  const found = Object.keys(table).find((oid) => table[oid] === digest);
  if (found === undefined) {
    throw new DerProblem(`no algorithm identifier for ${digest}`, 0);
  }
  return found;
};

/** DER of the AlgorithmIdentifier for a scheme, as it stands in certificates and in SignerInfo. */
export function encodeScheme(scheme: SignatureScheme): Uint8Array {
  switch (scheme.kind) {
    case "rsa-pkcs1":
      // RFC 4055 5: parameters are NULL.
      return der.sequence(der.oid(oidFor(RSA_PKCS1, scheme.digest)), der.nullValue());
    case "rsa-pss": {
      const hash = der.sequence(der.oid(digestOid(scheme.digest)), der.nullValue());
      const maskHash = der.sequence(der.oid(digestOid(scheme.mgfDigest)), der.nullValue());
      return der.sequence(
        der.oid(OID.rsaPss),
        der.sequence(
          der.explicit(0, hash),
          der.explicit(1, der.sequence(der.oid(OID.mgf1), maskHash)),
          der.explicit(2, der.integer(scheme.saltLength)),
        ),
      );
    }
    case "ecdsa":
      return der.sequence(der.oid(oidFor(scheme.format === "der" ? ECDSA_DER : ECDSA_PLAIN, scheme.digest)));
    case "ed25519":
      return der.sequence(der.oid(OID.ed25519));
    case "ed448":
      return der.sequence(der.oid(OID.ed448));
  }
}

/** The digest that the signature value is over; the EdDSA schemes take the message itself. */
export function schemeDigest(scheme: SignatureScheme): DigestAlgorithm | undefined {
  return scheme.kind === "ed25519" || scheme.kind === "ed448" ? undefined : scheme.digest;
}
