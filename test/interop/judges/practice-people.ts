import { generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { defaultScheme } from "../../../electron/pades/cms/default-scheme.ts";
import { importPrivateKey } from "../../../electron/pki/algorithms.ts";
import { readDer } from "../../../electron/pki/der-reader.ts";
import * as der from "../../../electron/pki/der-writer.ts";
import { OID } from "../../../electron/pki/oids.ts";
import { parsePublicKey } from "../../../electron/pki/public-key.ts";
import type { PracticeSigner } from "../../integration/pades/practice-signer.ts";
import type { TestPerson } from "../pades/test-people.ts";

const rsa = (modulusLength: number): KeyObject => generateKeyPairSync("rsa", { modulusLength }).privateKey;
const ec = (namedCurve: string): KeyObject => generateKeyPairSync("ec", { namedCurve }).privateKey;

interface KeyRecipe {
  readonly make: () => KeyObject;
  /** The certificate says that the key is for RSASSA-PSS alone (RFC 4055 1.2). */
  readonly pssOnly?: true;
}

/** Kinds of key that people sign with here; a new kind is a line. Made by OpenSSL (plain Node). */
const KEYS = {
  "RSA 2048": { make: () => rsa(2048) },
  "RSA 3072 for PSS only": { make: () => rsa(3072), pssOnly: true },
  "ECDSA P-256": { make: () => ec("prime256v1") },
  "ECDSA P-384": { make: () => ec("secp384r1") },
  "ECDSA P-521": { make: () => ec("secp521r1") },
} as const satisfies Readonly<Record<string, KeyRecipe>>;

export type KeyKind = keyof typeof KEYS;
export const KEY_KINDS = Object.keys(KEYS) as readonly KeyKind[];

/** A person with a certificate of the practice authority, so that its responders can be asked about it. */
export function practicePerson(practice: PracticeSigner, kind: KeyKind): TestPerson {
  const recipe: KeyRecipe = KEYS[kind];
  const key = importPrivateKey(new Uint8Array(recipe.make().export({ type: "pkcs8", format: "der" })));
  const spki = recipe.pssOnly === true ? forPssOnly(key.spki) : key.spki;
  const scheme = defaultScheme(parsePublicKey(spki), "SHA-256");
  if (scheme === undefined) {
    throw new Error(`nothing can be signed with ${kind}`);
  }
  const name = `Ada ${kind}`;
  return {
    name,
    sign: (digest) => Promise.resolve(key.signDigest(scheme, digest)),
    chain: [practice.issue(name, spki), practice.services.issuing.certificate],
  };
}

/** The same RSA key under id-RSASSA-PSS without parameters: any digest and salt. */
const forPssOnly = (spki: Uint8Array): Uint8Array =>
  der.sequence(der.sequence(der.oid(OID.rsaPss)), readDer(spki).children[1]!.raw);
