import { DerProblem, readDer } from "./der-reader.ts";
import { readInteger, sequenceOf } from "./der-values.ts";
import * as der from "./der-writer.ts";
import { OID } from "./oids.ts";
import { brainpoolCurves, nistCurves, secp256k1Curve } from "./pure-crypto.ts";

export type CurveName =
  | "P-256"
  | "P-384"
  | "P-521"
  | "secp256k1"
  | "brainpoolP256r1"
  | "brainpoolP384r1"
  | "brainpoolP512r1";

const CURVES = {
  "P-256": { oid: OID.p256, bits: 256, curve: () => nistCurves().p256 },
  "P-384": { oid: OID.p384, bits: 384, curve: () => nistCurves().p384 },
  "P-521": { oid: OID.p521, bits: 521, curve: () => nistCurves().p521 },
  secp256k1: { oid: OID.secp256k1, bits: 256, curve: () => secp256k1Curve().secp256k1 },
  brainpoolP256r1: { oid: OID.brainpoolP256r1, bits: 256, curve: () => brainpoolCurves().brainpoolP256r1 },
  brainpoolP384r1: { oid: OID.brainpoolP384r1, bits: 384, curve: () => brainpoolCurves().brainpoolP384r1 },
  brainpoolP512r1: { oid: OID.brainpoolP512r1, bits: 512, curve: () => brainpoolCurves().brainpoolP512r1 },
} as const satisfies Readonly<Record<CurveName, object>>;

export function curveByOid(oid: string): CurveName | undefined {
  return (Object.keys(CURVES) as CurveName[]).find((name) => CURVES[name].oid === oid);
}

export const curveBits = (name: CurveName): number => CURVES[name].bits;

export const curveOid = (name: CurveName): string => CURVES[name].oid;

/** The public point, uncompressed (SEC 1 2.3.3), of a private scalar. Throws when the scalar is out of range. */
export const publicPoint = (name: CurveName, scalar: Uint8Array): Uint8Array =>
  CURVES[name].curve().getPublicKey(scalar, false);

const scalarLength = (name: CurveName): number => Math.ceil(CURVES[name].bits / 8);

/** The value r ‖ s from either form; undefined when it is neither. */
function compactSignature(name: CurveName, signature: Uint8Array, format: "der" | "plain"): Uint8Array | undefined {
  const length = scalarLength(name);
  if (format === "plain") {
    return signature.length === 2 * length ? signature : undefined;
  }
  try {
    // Some signers pad r and s; BER lengths are let through, the numbers decide.
    const [r, s, ...more] = sequenceOf(readDer(signature, { allowBer: true }), "ECDSA signature");
    const numbers = [readInteger(r), readInteger(s)];
    const octets = numbers.map((value) => Buffer.from(value.toString(16).padStart(2 * length, "0"), "hex"));
    const fits =
      more.length === 0 && numbers.every((value) => value > 0n) && octets.every((part) => part.length === length);
    return fits ? der.concatBytes(octets) : undefined;
  } catch (error) {
    if (error instanceof DerProblem) {
      return undefined;
    }
    throw error;
  }
}

/** ECDSA over a finished digest, in pure TypeScript: works for the curves that BoringSSL lacks. */
export function verifyEcdsaDigest(
  name: CurveName,
  point: Uint8Array,
  hash: Uint8Array,
  signature: Uint8Array,
  format: "der" | "plain",
): boolean {
  const compact = compactSignature(name, signature, format);
  if (compact === undefined) {
    return false;
  }
  // Outside of the try: code that cannot be loaded is a fault of ours and says nothing about the signature.
  const curve = CURVES[name].curve();
  try {
    return curve.verify(compact, hash, point, { prehash: false, lowS: false });
  } catch {
    // The library throws on a point that is not on the curve: the signature does not verify.
    return false;
  }
}

/**
 * Gives r and s as a SEQUENCE (RFC 3279 2.2.3). The nonce is the deterministic one of RFC 6979: a weak source of random
 * numbers cannot give the key away.
 */
export function signEcdsaDigest(name: CurveName, scalar: Uint8Array, hash: Uint8Array): Uint8Array {
  const compact = CURVES[name].curve().sign(hash, scalar, { prehash: false, lowS: false });
  return ecdsaSequence(compact);
}

/** r ‖ s, as tokens give it (PKCS#11 2.3.1), as SEQUENCE of two INTEGERs. */
export function ecdsaSequence(compact: Uint8Array): Uint8Array {
  const half = compact.length / 2;
  return der.sequence(der.integer(compact.subarray(0, half)), der.integer(compact.subarray(half)));
}
