import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
  randomBytes,
  sign as signNatively,
  verify as verifyNatively,
} from "node:crypto";
import { promisify } from "node:util";
import { ed448 } from "@noble/curves/ed448.js";

import { type CurveName, curveBits, signEcdsaDigest, verifyEcdsaDigest } from "./elliptic-curves.ts";
import { digest, digestLength } from "./digest.ts";
import { type PublicKeyInfo, parsePublicKey } from "./public-key.ts";
import { digestInfo, matchesPkcs1, matchesPss, pssEncoding } from "./rsa-encoding.ts";
import type { SignatureScheme } from "./signature-scheme.ts";

export { digest, sha256 } from "./digest.ts";

/** What was signed: the message, or its digest by the scheme's own algorithm. */
export type SignedMessage =
  | { readonly kind: "data"; readonly bytes: Uint8Array }
  | { readonly kind: "digest"; readonly bytes: Uint8Array };

export type VerificationOutcome =
  | "valid"
  | "invalid"
  /** The key is of another kind than the scheme, or its encoding is broken. */
  | "key-mismatch"
  /** We cannot judge this combination. */
  | "unsupported";

/**
 * Checks a signature value.
 *
 * @param spki DER of SubjectPublicKeyInfo.
 */
export function verifySignature(
  spki: Uint8Array,
  scheme: SignatureScheme,
  message: SignedMessage,
  signature: Uint8Array,
): VerificationOutcome {
  const key = parsePublicKey(spki);
  if (key === undefined) {
    return "unsupported";
  }
  switch (scheme.kind) {
    case "rsa-pkcs1":
    case "rsa-pss":
      return key.kind === "rsa"
        ? verifyRsa(key, scheme, messageDigest(message, scheme.digest), signature)
        : "key-mismatch";
    case "ecdsa":
      return key.kind === "ec" ? verifyEcdsa(spki, key, scheme, message, signature) : "key-mismatch";
    case "ed25519":
      if (key.kind !== "ed25519") {
        return "key-mismatch";
      }
      return message.kind === "digest" ? "unsupported" : outcome(verifyNative(spki, null, message.bytes, signature));
    case "ed448":
      if (key.kind !== "ed448") {
        return "key-mismatch";
      }
      return message.kind === "digest" ? "unsupported" : outcome(verifyEd448(key.point, message.bytes, signature));
  }
}

const outcome = (valid: boolean): VerificationOutcome => (valid ? "valid" : "invalid");

function messageDigest(message: SignedMessage, algorithm: Parameters<typeof digest>[0]): Uint8Array {
  return message.kind === "digest" ? message.bytes : digest(algorithm, message.bytes);
}

type RsaKey = Extract<PublicKeyInfo, { readonly kind: "rsa" }>;
type RsaScheme = Extract<SignatureScheme, { readonly kind: "rsa-pkcs1" | "rsa-pss" }>;

function verifyRsa(key: RsaKey, scheme: RsaScheme, hash: Uint8Array, signature: Uint8Array): VerificationOutcome {
  if (hash.length !== digestLength(scheme.digest)) {
    return "invalid";
  }
  const encoded = recoverRsa(key, signature);
  if (encoded === undefined) {
    return "invalid";
  }
  if (scheme.kind === "rsa-pkcs1") {
    // An id-RSASSA-PSS key may only be used with PSS (RFC 4055 1.2).
    return key.pssOnly ? "key-mismatch" : outcome(matchesPkcs1(encoded, scheme.digest, hash));
  }
  return outcome(matchesPss(encoded, key.modulusBits, scheme, hash));
}

/**
 * signature^e mod n, as many bytes as the modulus has. The key is rebuilt from its numbers, so that an id-RSASSA-PSS
 * key, which node:crypto reserves for its own PSS, works as well.
 */
function recoverRsa(key: RsaKey, signature: Uint8Array): Uint8Array | undefined {
  const length = Math.ceil(key.modulusBits / 8);
  if (signature.length > length) {
    return undefined;
  }
  // A few signers drop leading zero octets of the value.
  const padded = new Uint8Array(length);
  padded.set(signature, length - signature.length);
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key.rsaSpki), format: "der", type: "spki" });
    return new Uint8Array(publicDecrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, padded));
  } catch {
    // The library refuses a value that is not below the modulus, or a key out of its limits.
    return undefined;
  }
}

type EcKey = Extract<PublicKeyInfo, { readonly kind: "ec" }>;
type EcdsaScheme = Extract<SignatureScheme, { readonly kind: "ecdsa" }>;

const NATIVE_CURVES: readonly CurveName[] = ["P-256", "P-384", "P-521"];
const NATIVE_DIGESTS: Readonly<Record<string, string>> = {
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

function verifyEcdsa(
  spki: Uint8Array,
  key: EcKey,
  scheme: EcdsaScheme,
  message: SignedMessage,
  signature: Uint8Array,
): VerificationOutcome {
  if (key.curve === undefined) {
    return "unsupported";
  }
  const nativeDigest = NATIVE_DIGESTS[scheme.digest];
  // node:crypto cannot take a finished digest for ECDSA, and BoringSSL knows only these curves and digests.
  if (
    message.kind === "data" &&
    nativeDigest !== undefined &&
    NATIVE_CURVES.includes(key.curve) &&
    scheme.format === "der"
  ) {
    return outcome(verifyNative(spki, nativeDigest, message.bytes, signature));
  }
  const hash = messageDigest(message, scheme.digest);
  return outcome(verifyEcdsaDigest(key.curve, key.point, hash, signature, scheme.format));
}

function verifyNative(spki: Uint8Array, algorithm: string | null, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
    return verifyNatively(algorithm, data, key, signature);
  } catch {
    // Broken key encodings and impossible lengths are exceptions there: the signature does not verify.
    return false;
  }
}

function verifyEd448(point: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed448.verify(signature, data, point);
  } catch {
    return false;
  }
}

/** A private key. The key material stays behind a private field: it is never printed or turned into JSON. */
export class PrivateKey {
  readonly #key: KeyObject;
  /** DER of SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly info: PublicKeyInfo;

  constructor(key: KeyObject) {
    this.#key = key;
    this.spki = new Uint8Array(createPublicKey(key).export({ type: "spki", format: "der" }));
    const info = parsePublicKey(this.spki);
    if (info === undefined) {
      throw new TypeError("unsupported kind of private key");
    }
    this.info = info;
  }

  /** DER of PrivateKeyInfo, unencrypted (sandbox files, PEM for TLS). */
  exportPkcs8(): Uint8Array {
    return new Uint8Array(this.#key.export({ type: "pkcs8", format: "der" }));
  }

  /** Logs and JSON show that there is a key, not which. */
  toJSON(): string {
    return "[private key]";
  }

  /** Signs a finished digest. EdDSA needs the message itself and throws here. */
  signDigest(scheme: SignatureScheme, hash: Uint8Array): Uint8Array {
    switch (scheme.kind) {
      case "rsa-pkcs1":
        return this.#encrypt(digestInfo(scheme.digest, hash), constants.RSA_PKCS1_PADDING);
      case "rsa-pss":
        return this.#encrypt(
          pssEncoding(this.#modulusBits(), scheme, hash, randomBytes(scheme.saltLength)),
          constants.RSA_NO_PADDING,
        );
      case "ecdsa":
        return this.#signEcdsa(hash);
      case "ed25519":
      case "ed448":
        throw new TypeError("EdDSA signs messages, not digests");
    }
  }

  sign(scheme: SignatureScheme, data: Uint8Array): Uint8Array {
    if (scheme.kind === "ed25519") {
      return new Uint8Array(signNatively(null, data, this.#key));
    }
    if (scheme.kind === "ed448") {
      throw new TypeError("signing with Ed448 is not supported");
    }
    return this.signDigest(scheme, digest(scheme.digest, data));
  }

  #modulusBits(): number {
    if (this.info.kind !== "rsa") {
      throw new TypeError("not an RSA key");
    }
    return this.info.modulusBits;
  }

  #encrypt(block: Uint8Array, padding: number): Uint8Array {
    return new Uint8Array(privateEncrypt({ key: this.#key, padding }, block));
  }

  #signEcdsa(hash: Uint8Array): Uint8Array {
    const scalar = this.#key.export({ format: "jwk" }).d;
    if (this.info.kind !== "ec" || this.info.curve === undefined || scalar === undefined) {
      throw new TypeError("not a private key on a known curve");
    }
    const length = Math.ceil(curveBits(this.info.curve) / 8);
    const octets = Buffer.from(scalar, "base64url");
    const padded = new Uint8Array(length);
    padded.set(octets, length - octets.length);
    return signEcdsaDigest(this.info.curve, padded, hash);
  }
}

/** From DER of PrivateKeyInfo (PKCS#8, unencrypted). Throws when the key is broken or of an unsupported kind. */
export function importPrivateKey(pkcs8: Uint8Array): PrivateKey {
  return new PrivateKey(createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" }));
}

export const signDigest = (key: PrivateKey, scheme: SignatureScheme, hash: Uint8Array): Uint8Array =>
  key.signDigest(scheme, hash);

const generate = promisify(generateKeyPair);

export async function generateRsaKeyPair(modulusBits = 2048): Promise<PrivateKey> {
  return new PrivateKey((await generate("rsa", { modulusLength: modulusBits, publicExponent: 65_537 })).privateKey);
}

export async function generateEcKeyPair(curve: "P-256" | "P-384" | "P-521"): Promise<PrivateKey> {
  return new PrivateKey((await generate("ec", { namedCurve: curve })).privateKey);
}

export async function generateEd25519KeyPair(): Promise<PrivateKey> {
  return new PrivateKey((await generate("ed25519", {})).privateKey);
}
