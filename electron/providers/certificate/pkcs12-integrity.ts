import { createHmac, timingSafeEqual } from "node:crypto";
import { pbkdf2 } from "../../pki/algorithms.ts";
import { type DerNode, DerProblem, readDer } from "../../pki/der-reader.ts";
import { readOctetString, readOid, readSmallInteger, sequenceOf } from "../../pki/der-values.ts";
import * as der from "../../pki/der-writer.ts";
import { checkPkcs12Mac } from "./pkcs12-mac.ts";

const PBMAC1 = "1.2.840.113549.1.5.14";
const PBKDF2 = "1.2.840.113549.1.5.12";
/** Which of them a file uses for the key and for the code itself is independent (RFC 8018 B.1.2). */
const HMAC: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.7": "sha1",
  "1.2.840.113549.2.8": "sha224",
  "1.2.840.113549.2.9": "sha256",
  "1.2.840.113549.2.10": "sha384",
  "1.2.840.113549.2.11": "sha512",
};
/** As in `iteration-limit.ts`; the crypto library counts them in under a second. */
const MAXIMUM_ITERATIONS = 1_000_000;
/** RFC 9879 5: shorter keys would make the code easier to guess than the password. */
const MINIMUM_KEY_BYTES = 20;

export type IntegrityOutcome =
  /** The file has no code, or it cannot be read: the reader of the whole file says more. */
  | { readonly kind: "absent" }
  /** The password is right: the same file without its code, for readers that do not know it. */
  | { readonly kind: "match"; readonly content: Uint8Array }
  | { readonly kind: "mismatch" }
  | { readonly kind: "unsupported" };

/** Checks the integrity of a PKCS#12 file: by the code of RFC 7292, or by PBMAC1 (RFC 9879, RFC 8018 7.1). */
export function checkIntegrity(file: Uint8Array, password: string): IntegrityOutcome {
  try {
    return check(file, password);
  } catch (error) {
    if (error instanceof DerProblem) {
      return { kind: "absent" };
    }
    throw error;
  }
}

function check(file: Uint8Array, password: string): IntegrityOutcome {
  // PFX (RFC 7292 4): version, content, MacData.
  const [version, content, macData] = sequenceOf(readDer(file, { allowBer: true }), "PFX");
  if (version === undefined || content === undefined || macData === undefined) {
    return { kind: "absent" };
  }
  const matches = matchesCode(macData, authenticatedSafe(content), password);
  if (matches === null) {
    return { kind: "unsupported" };
  }
  return matches ? { kind: "match", content: der.sequence(version.raw, content.raw) } : { kind: "mismatch" };
}

/** Null: a way that we do not know. */
function matchesCode(macData: DerNode, content: Uint8Array, password: string): boolean | null {
  // The code with its algorithm; salt and iterations behind it are unused by PBMAC1.
  const [digestInfo] = sequenceOf(macData, "MAC data");
  const [algorithm, code] = sequenceOf(digestInfo, "MAC");
  const [oid, parameters] = sequenceOf(algorithm, "MAC algorithm");
  if (readOid(oid) !== PBMAC1) {
    return checkPkcs12Mac(macData, content, password);
  }
  const [derivation, scheme] = sequenceOf(parameters, "PBMAC1 parameters");
  const [derivationOid, derivationParameters] = sequenceOf(derivation, "key derivation");
  const hmac = HMAC[readOid(sequenceOf(scheme, "MAC scheme")[0])];
  const key = readOid(derivationOid) === PBKDF2 ? derive(sequenceOf(derivationParameters, "PBKDF2"), password) : null;
  if (hmac === undefined || key === null) {
    return null;
  }
  const expected = readOctetString(code, "MAC value");
  const found = createHmac(hmac, key).update(content).digest();
  return found.length === expected.length && timingSafeEqual(found, expected);
}

/** PBKDF2-params (RFC 8018 A.2): salt, iterations, key length (which RFC 9879 5 demands) and the function. */
function derive(fields: ReturnType<typeof sequenceOf>, password: string): Uint8Array | null {
  const [salt, iterationCount, keyLength, functionName] = fields;
  if (keyLength === undefined || functionName === undefined) {
    return null;
  }
  const iterations = readSmallInteger(iterationCount, "iterations");
  const length = readSmallInteger(keyLength, "key length");
  const hash = HMAC[readOid(sequenceOf(functionName, "PRF")[0])];
  const sensible = iterations > 0 && iterations <= MAXIMUM_ITERATIONS && length >= MINIMUM_KEY_BYTES && length <= 1_024;
  // RFC 9879 4: the password is UTF-8, without the closing zero of the older way.
  return sensible && hash !== undefined
    ? pbkdf2(password, readOctetString(salt, "salt"), iterations, length, hash)
    : null;
}

/** What the code is over: the octets inside the content, without tag and length (RFC 7292 4). */
function authenticatedSafe(content: DerNode): Uint8Array {
  const [, explicit] = sequenceOf(content, "content");
  return readOctetString(explicit?.children[0], "authenticated safe");
}
