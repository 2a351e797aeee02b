import { DerProblem, readDer } from "./der-reader.ts";
import { readInteger, readOctetString, readOid, sequenceOf } from "./der-values.ts";
import * as der from "./der-writer.ts";
import { type CurveName, curveBits, curveByOid, curveOid, publicPoint } from "./elliptic-curves.ts";
import { OID } from "./oids.ts";

/** What PrivateKeyInfo holds, taken apart: the crypto library of Electron refuses many keys that are good. */
export type PrivateKeyInfo =
  | {
      readonly kind: "rsa";
      /** DER of SubjectPublicKeyInfo, under the key's own identifier (rsaEncryption or id-RSASSA-PSS). */
      readonly spki: Uint8Array;
      /** The same key as PKCS#8 under rsaEncryption: every library takes that. */
      readonly pkcs8: Uint8Array;
    }
  | {
      readonly kind: "ec";
      readonly spki: Uint8Array;
      readonly curve: CurveName;
      /** Big-endian, as long as the curve's order. */
      readonly scalar: Uint8Array;
    }
  | {
      readonly kind: "ed25519";
      /** PKCS#8 in the first version, without the public key that RFC 5958 allows and BoringSSL does not. */
      readonly pkcs8: Uint8Array;
    };

/**
 * Reads DER of PrivateKeyInfo (RFC 5208) or OneAsymmetricKey (RFC 5958). Undefined for kinds of keys that we do not
 * know. Throws `DerProblem` when it is broken. The key material is copied: the caller may overwrite the input.
 */
export function parsePrivateKeyInfo(bytes: Uint8Array): PrivateKeyInfo | undefined {
  const [version, algorithm, key] = sequenceOf(readDer(bytes, { allowBer: true }), "private key");
  readInteger(version, "version");
  const [oid, parameters] = sequenceOf(algorithm, "private key algorithm");
  const inner = readOctetString(key, "private key");
  switch (readOid(oid, "private key algorithm")) {
    case OID.rsaEncryption:
      return rsa(der.sequence(der.oid(OID.rsaEncryption), der.nullValue()), inner);
    case OID.rsaPss:
      return rsa(der.sequence(der.oid(OID.rsaPss), ...(parameters === undefined ? [] : [parameters.raw])), inner);
    case OID.ecPublicKey: {
      const curve = parameters?.isUniversal(6) === true ? curveByOid(readOid(parameters)) : undefined;
      return curve === undefined ? undefined : ec(curve, inner);
    }
    case OID.ed25519:
      return { kind: "ed25519", pkcs8: ed25519Pkcs8(readOctetString(readDer(inner), "Ed25519 key")) };
    default:
      return undefined;
  }
}

function rsa(algorithm: Uint8Array, key: Uint8Array): PrivateKeyInfo {
  // RSAPrivateKey (RFC 8017 A.1.2): version, modulus, public exponent, and the secret ones.
  const [, modulus, exponent] = sequenceOf(readDer(key, { allowBer: true }), "RSA private key");
  const publicKey = der.sequence(
    der.integer(readInteger(modulus, "modulus")),
    der.integer(readInteger(exponent, "public exponent")),
  );
  return {
    kind: "rsa",
    spki: der.sequence(algorithm, der.bitString(publicKey)),
    pkcs8: der.sequence(
      der.integer(0),
      der.sequence(der.oid(OID.rsaEncryption), der.nullValue()),
      der.octetString(key),
    ),
  };
}

function ec(curve: CurveName, key: Uint8Array): PrivateKeyInfo {
  // ECPrivateKey (RFC 5915 3): version, the scalar; curve and public key may stand there again.
  const [, secret] = sequenceOf(readDer(key, { allowBer: true }), "EC private key");
  const octets = readOctetString(secret, "EC private key");
  const scalar = new Uint8Array(Math.ceil(curveBits(curve) / 8));
  // Some writers leave out leading zeros, some add one.
  const significant = octets.subarray(Math.max(0, octets.length - scalar.length));
  if (octets.subarray(0, octets.length - significant.length).some((byte) => byte !== 0)) {
    throw new DerProblem("the EC private key is too long for its curve", 0);
  }
  scalar.set(significant, scalar.length - significant.length);
  // The public key is computed: a file that claims another one would make signatures that fit no certificate.
  return { kind: "ec", curve, scalar, spki: ecSpki(curve, publicPoint(curve, scalar)) };
}

export const ecSpki = (curve: CurveName, point: Uint8Array): Uint8Array =>
  der.sequence(der.sequence(der.oid(OID.ecPublicKey), der.oid(curveOid(curve))), der.bitString(point));

/** DER of PrivateKeyInfo for a scalar (RFC 5915 3, RFC 5208 5). */
export const ecPkcs8 = (curve: CurveName, scalar: Uint8Array): Uint8Array =>
  der.sequence(
    der.integer(0),
    der.sequence(der.oid(OID.ecPublicKey), der.oid(curveOid(curve))),
    der.octetString(der.sequence(der.integer(1), der.octetString(scalar))),
  );

/** RFC 8410 7: the seed is an OCTET STRING in an OCTET STRING. */
const ed25519Pkcs8 = (seed: Uint8Array): Uint8Array =>
  der.sequence(der.integer(0), der.sequence(der.oid(OID.ed25519)), der.octetString(der.octetString(seed)));
