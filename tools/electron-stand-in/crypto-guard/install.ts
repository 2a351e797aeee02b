import crypto from "node:crypto";
import type { KeyObject } from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { hasCipher, hasCurve, hasHash, hasKeyType } from "./boringssl.ts";
import { guardSubtle } from "./web-crypto.ts";

type AnyFunction = (...args: unknown[]) => unknown;
type Members = Record<string, AnyFunction>;
type Check = (args: readonly unknown[]) => void;

function refuse(kind: string, name: string): never {
  throw new Error(
    `electron stand-in: node:crypto has no ${kind} "${name}" in Electron, whose Node is built on BoringSSL`,
  );
}

function checkHash(name: unknown): void {
  if (typeof name === "string" && !hasHash(name)) refuse("hash", name);
}
function checkCurve(name: unknown): void {
  if (typeof name === "string" && !hasCurve(name)) refuse("curve", name);
}
function checkCipher(name: unknown): void {
  if (typeof name === "string" && !hasCipher(name)) refuse("cipher", name);
}

function checkKey(key: KeyObject): KeyObject {
  const type = key.asymmetricKeyType;
  if (type === undefined) return key;
  if (!hasKeyType(type)) refuse("key type", type);
  checkCurve(key.asymmetricKeyDetails?.namedCurve);
  return key;
}

function checkKeyPair([type, options]: readonly unknown[]): void {
  if (typeof type === "string" && !hasKeyType(type)) refuse("key type", type);
  checkCurve((options as { namedCurve?: unknown } | undefined)?.namedCurve);
}

/** Name, prototype, and the hidden property that tells `util.promisify` of the two results of `generateKeyPair`. */
function likeOriginal(original: AnyFunction, guarded: AnyFunction): AnyFunction {
  return Object.defineProperties(guarded, Object.getOwnPropertyDescriptors(original));
}

/** Runs `check` on the arguments of a member before the member itself. */
function before(owner: object, name: string, check: Check): void {
  const members = owner as Members;
  const original = members[name];
  if (original === undefined) return;
  members[name] = likeOriginal(original, function guarded(this: unknown, ...args: unknown[]): unknown {
    check(args);
    return Reflect.apply(original, this, args);
  });
}

/** Runs `change` on the result of a member. */
function after(owner: object, name: string, change: (result: unknown) => unknown): void {
  const members = owner as Members;
  const original = members[name];
  if (original === undefined) return;
  members[name] = likeOriginal(original, function guarded(this: unknown, ...args: unknown[]): unknown {
    return change(Reflect.apply(original, this, args));
  });
}

/**
 * Makes `node:crypto` of this process refuse, by name, what Electron's lacks. Must run before the app is loaded;
 * `syncBuiltinESMExports` takes the change to named imports.
 */
export function installCryptoGuard(): void {
  const { createPrivateKey, createPublicKey, KeyObject: Key, X509Certificate } = crypto;
  /** A key that comes as PEM, DER or JWK is read once more, only to see its type. */
  const checkInput = (read: AnyFunction, input: unknown): void => {
    if (input instanceof Key) checkKey(input);
    else if (typeof input === "object" && input !== null && "key" in input && input.key instanceof Key)
      checkKey(input.key);
    else if (input !== undefined && input !== null) checkKey(read(input) as KeyObject);
  };

  before(crypto, "createHash", ([name]) => checkHash(name));
  before(crypto, "hash", ([name]) => checkHash(name));
  before(crypto, "createHmac", ([name]) => checkHash(name));
  for (const name of ["hkdf", "hkdfSync"]) before(crypto, name, ([digest]) => checkHash(digest));
  for (const name of ["pbkdf2", "pbkdf2Sync"]) before(crypto, name, (args) => checkHash(args[4]));
  for (const name of ["createSign", "createVerify"]) before(crypto, name, ([digest]) => checkHash(digest));
  before(crypto, "sign", ([digest, , key]) => {
    checkHash(digest);
    checkInput(createPrivateKey as AnyFunction, key);
  });
  before(crypto, "verify", ([digest, , key]) => {
    checkHash(digest);
    checkInput(createPublicKey as AnyFunction, key);
  });
  before(crypto.Sign.prototype, "sign", ([key]) => checkInput(createPrivateKey as AnyFunction, key));
  before(crypto.Verify.prototype, "verify", ([key]) => checkInput(createPublicKey as AnyFunction, key));
  before(crypto, "createECDH", ([curve]) => checkCurve(curve));
  before(crypto.ECDH, "convertKey", ([, curve]) => checkCurve(curve));
  for (const name of ["generateKeyPair", "generateKeyPairSync"]) before(crypto, name, checkKeyPair);
  for (const name of ["createCipheriv", "createDecipheriv"]) before(crypto, name, ([cipher]) => checkCipher(cipher));
  for (const name of ["createPrivateKey", "createPublicKey"]) after(crypto, name, (key) => checkKey(key as KeyObject));
  for (const name of ["argon2", "argon2Sync", "encapsulate", "decapsulate"])
    before(crypto, name, () => refuse("function", name));
  after(crypto, "getCurves", (names) => (names as string[]).filter((name) => hasCurve(name)));
  after(crypto, "getHashes", (names) => (names as string[]).filter((name) => hasHash(name)));
  after(crypto, "getCiphers", (names) => (names as string[]).filter((name) => hasCipher(name)));

  const publicKey = Object.getOwnPropertyDescriptor(X509Certificate.prototype, "publicKey");
  Object.defineProperty(X509Certificate.prototype, "publicKey", {
    configurable: true,
    enumerable: true,
    get(): KeyObject {
      return checkKey(publicKey?.get?.call(this) as KeyObject);
    },
  });

  guardSubtle(crypto.webcrypto.subtle);
  syncBuiltinESMExports();
}
