import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  pbkdf2Sync,
  privateEncrypt,
  publicDecrypt,
  randomBytes,
  sign as signNatively,
  verify as verifyNatively,
} from "node:crypto";
import { promisify } from "node:util";

import { type CurveName, signEcdsaDigest, verifyEcdsaDigest } from "./elliptic-curves.ts";
import { digest, digestLength } from "./digest.ts";
import { KnownBytes } from "./known-bytes.ts";
import { ecPkcs8, parsePrivateKeyInfo } from "./private-key-info.ts";
import { type PublicKeyInfo, parsePublicKey } from "./public-key.ts";
import { ed448Curve } from "./pure-crypto.ts";
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

/** The keys of the last signatures: a folder of documents has few signers. */
const knownKeys = new KnownBytes(256, parsePublicKey);
const rsaKeys = new WeakMap<RsaKey, KeyObject>();

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
  const key = knownKeys.of(spki);
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
  return keepsPssLimits(key, scheme) ? outcome(matchesPss(encoded, key.modulusBits, scheme, hash)) : "key-mismatch";
}

/** RFC 4055 3.3: parameters in the key bind every signature made with it. */
function keepsPssLimits({ pssLimits }: RsaKey, scheme: Extract<RsaScheme, { readonly kind: "rsa-pss" }>): boolean {
  return (
    pssLimits === undefined ||
    (pssLimits.digest === scheme.digest &&
      pssLimits.mgfDigest === scheme.mgfDigest &&
      scheme.saltLength >= pssLimits.saltLength)
  );
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
    const publicKey =
      rsaKeys.get(key) ?? createPublicKey({ key: Buffer.from(key.rsaSpki), format: "der", type: "spki" });
    rsaKeys.set(key, publicKey);
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
  const { ed448 } = ed448Curve();
  try {
    return ed448.verify(signature, data, point);
  } catch {
    return false;
  }
}

/** Where the secret is: in the crypto library, or as a scalar for curves and purposes that it does not serve. */
type Secret =
  | { readonly kind: "native"; readonly key: KeyObject }
  | { readonly kind: "scalar"; readonly curve: CurveName; readonly scalar: Uint8Array };

/** RFC 8018 5.2, by the crypto library; `hash` as it is called there. Blocks while it counts. */
export const pbkdf2 = (
  password: Uint8Array | string,
  salt: Uint8Array,
  iterations: number,
  length: number,
  hash: string,
): Uint8Array => new Uint8Array(pbkdf2Sync(password, salt, iterations, length, hash));

/** A private key. The key material stays behind a private field: it is never printed or turned into JSON. */
export class PrivateKey {
  readonly #secret: Secret;
  /** DER of SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly info: PublicKeyInfo;

  constructor(secret: Secret, spki: Uint8Array) {
    this.#secret = secret;
    this.spki = spki;
    const info = parsePublicKey(this.spki);
    if (info === undefined) {
      throw new TypeError("unsupported kind of private key");
    }
    this.info = info;
  }

  /** DER of PrivateKeyInfo, unencrypted (sandbox files, PEM for TLS). */
  exportPkcs8(): Uint8Array {
    const secret = this.#secret;
    return secret.kind === "native"
      ? new Uint8Array(secret.key.export({ type: "pkcs8", format: "der" }))
      : ecPkcs8(secret.curve, secret.scalar);
  }

  /** Overwrites what lies in our own memory; the key cannot sign any more. What the crypto library holds it frees itself. */
  wipe(): void {
    if (this.#secret.kind === "scalar") {
      this.#secret.scalar.fill(0);
    }
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
      return new Uint8Array(signNatively(null, data, this.#native()));
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

  #native(): KeyObject {
    if (this.#secret.kind !== "native") {
      throw new TypeError("not a key of the crypto library");
    }
    return this.#secret.key;
  }

  #encrypt(block: Uint8Array, padding: number): Uint8Array {
    return new Uint8Array(privateEncrypt({ key: this.#native(), padding }, block));
  }

  #signEcdsa(hash: Uint8Array): Uint8Array {
    if (this.#secret.kind !== "scalar") {
      throw new TypeError("not a private key on a known curve");
    }
    return signEcdsaDigest(this.#secret.curve, this.#secret.scalar, hash);
  }
}

/**
 * From DER of PrivateKeyInfo (PKCS#8, unencrypted), which is read here: BoringSSL's own reader refuses brainpool curves,
 * id-RSASSA-PSS and newer forms. Throws when the key is broken or of an unsupported kind.
 */
export function importPrivateKey(pkcs8: Uint8Array): PrivateKey {
  const info = parsePrivateKeyInfo(pkcs8);
  switch (info?.kind) {
    case "rsa":
      return new PrivateKey({ kind: "native", key: nativeKey(info.pkcs8) }, info.spki);
    case "ec":
      return new PrivateKey({ kind: "scalar", curve: info.curve, scalar: info.scalar }, info.spki);
    case "ed25519": {
      const key = nativeKey(info.pkcs8);
      return new PrivateKey({ kind: "native", key }, nativeSpki(key));
    }
    case undefined:
      throw new TypeError("unsupported kind of private key");
  }
}

/** Our own copy of the secret is overwritten as soon as the library has it. */
function nativeKey(pkcs8: Uint8Array): KeyObject {
  const copy = Buffer.from(pkcs8);
  try {
    return createPrivateKey({ key: copy, format: "der", type: "pkcs8" });
  } finally {
    copy.fill(0);
    pkcs8.fill(0);
  }
}

const nativeSpki = (key: KeyObject): Uint8Array =>
  new Uint8Array(createPublicKey(key).export({ type: "spki", format: "der" }));

const fromNative = (key: KeyObject): PrivateKey =>
  importPrivateKey(new Uint8Array(key.export({ type: "pkcs8", format: "der" })));

export const signDigest = (key: PrivateKey, scheme: SignatureScheme, hash: Uint8Array): Uint8Array =>
  key.signDigest(scheme, hash);

const generate = promisify(generateKeyPair);

export async function generateRsaKeyPair(modulusBits = 2048): Promise<PrivateKey> {
  return fromNative((await generate("rsa", { modulusLength: modulusBits, publicExponent: 65_537 })).privateKey);
}

export async function generateEcKeyPair(curve: "P-256" | "P-384" | "P-521"): Promise<PrivateKey> {
  return fromNative((await generate("ec", { namedCurve: curve })).privateKey);
}

export async function generateEd25519KeyPair(): Promise<PrivateKey> {
  return fromNative((await generate("ed25519", {})).privateKey);
}
