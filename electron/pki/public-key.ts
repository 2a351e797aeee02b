import { DerProblem, readDer } from "./der-reader.ts";
import { readBitString, readInteger, readOid, sameBytes, sequenceOf } from "./der-values.ts";
import * as der from "./der-writer.ts";
import type { DigestAlgorithm } from "./digest.ts";
import { type CurveName, curveByOid } from "./elliptic-curves.ts";
import { OID } from "./oids.ts";
import { pssScheme } from "./signature-scheme.ts";

export type PublicKeyInfo =
  | {
      readonly kind: "rsa";
      readonly modulus: bigint;
      readonly modulusBits: number;
      readonly exponent: bigint;
      /** The key's own identifier is id-RSASSA-PSS. */
      readonly pssOnly: boolean;
      /** What an id-RSASSA-PSS key with parameters demands of each signature (RFC 4055 1.2, 3.3). */
      readonly pssLimits?: PssLimits;
      /** SubjectPublicKeyInfo with the plain rsaEncryption identifier. */
      readonly rsaSpki: Uint8Array;
    }
  /** `curve` is undefined for curves that we do not know and for explicit parameters (RFC 5480 2.1.1 forbids them). */
  | { readonly kind: "ec"; readonly curve: CurveName | undefined; readonly point: Uint8Array }
  | { readonly kind: "ed25519"; readonly point: Uint8Array }
  | { readonly kind: "ed448"; readonly point: Uint8Array };

/** Digest and mask digest are fixed, the salt may be longer. */
export interface PssLimits {
  readonly digest: DigestAlgorithm;
  readonly mgfDigest: DigestAlgorithm;
  readonly saltLength: number;
}

/** Reads SubjectPublicKeyInfo (RFC 5280 4.1.2.7); undefined for kinds we do not know and for broken keys. */
export function parsePublicKey(spki: Uint8Array): PublicKeyInfo | undefined {
  try {
    return parse(spki);
  } catch (error) {
    if (error instanceof DerProblem) {
      return undefined;
    }
    throw error;
  }
}

function parse(spki: Uint8Array): PublicKeyInfo | undefined {
  const [algorithm, keyBits] = sequenceOf(readDer(spki, { allowBer: true }), "public key");
  const [oid, parameters] = sequenceOf(algorithm, "public key algorithm");
  const { bytes } = readBitString(keyBits, "public key bits");
  switch (readOid(oid)) {
    case OID.rsaEncryption:
      return rsaKey(bytes, null);
    case OID.rsaPss: {
      const scheme = parameters === undefined ? null : pssScheme(parameters.raw);
      // Limits that we cannot read cannot be kept either.
      return scheme === undefined ? undefined : rsaKey(bytes, { limits: scheme });
    }
    case OID.ecPublicKey: {
      const curve = parameters?.isUniversal(6) === true ? curveByOid(readOid(parameters)) : undefined;
      return { kind: "ec", curve, point: bytes };
    }
    case OID.ed25519:
      return { kind: "ed25519", point: bytes };
    case OID.ed448:
      return { kind: "ed448", point: bytes };
    default:
      return undefined;
  }
}

function rsaKey(bytes: Uint8Array, pss: { readonly limits: PssLimits | null } | null): PublicKeyInfo {
  const [first, second] = sequenceOf(readDer(bytes, { allowBer: true }), "RSA public key");
  const modulus = readInteger(first, "modulus");
  const exponent = readInteger(second, "exponent");
  if (modulus <= 0n || exponent <= 0n) {
    throw new DerProblem("RSA numbers must be positive", 0);
  }
  const rsaSpki = der.sequence(
    der.sequence(der.oid(OID.rsaEncryption), der.nullValue()),
    der.bitString(der.sequence(der.integer(modulus), der.integer(exponent))),
  );
  const limits = pss?.limits ?? null;
  return {
    kind: "rsa",
    modulus,
    modulusBits: bitLength(modulus),
    exponent,
    pssOnly: pss !== null,
    ...(limits === null ? {} : { pssLimits: limits }),
    rsaSpki,
  };
}

function bitLength(value: bigint): number {
  const digits = value.toString(16);
  return (digits.length - 1) * 4 + Number.parseInt(digits.slice(0, 1), 16).toString(2).length;
}

/** Do both stand for one key? The same RSA numbers may stand under rsaEncryption in one place, under PSS in another. */
export function isSameKey(a: PublicKeyInfo | undefined, b: PublicKeyInfo | undefined): boolean {
  if (a === undefined || b === undefined || a.kind !== b.kind) {
    return false;
  }
  if (a.kind === "rsa") {
    return b.kind === "rsa" && a.modulus === b.modulus && a.exponent === b.exponent;
  }
  return (
    b.kind !== "rsa" && sameBytes(a.point, b.point) && (a.kind !== "ec" || (b.kind === "ec" && a.curve === b.curve))
  );
}

/** "RSA 2048", "ECDSA P-256"; for reports. */
export function describeKey(key: PublicKeyInfo): string {
  switch (key.kind) {
    case "rsa":
      return `RSA ${key.modulusBits}`;
    case "ec":
      return `ECDSA ${key.curve ?? "unknown curve"}`;
    case "ed25519":
      return "Ed25519";
    case "ed448":
      return "Ed448";
  }
}
