import { createHash } from "node:crypto";

import { OID } from "./oids.ts";
import { legacyHashes, sha3Hashes } from "./pure-crypto.ts";

export type DigestAlgorithm =
  | "MD5"
  | "RIPEMD-160"
  | "SHA-1"
  | "SHA-224"
  | "SHA-256"
  | "SHA-384"
  | "SHA-512"
  | "SHA-512/256"
  | "SHA3-224"
  | "SHA3-256"
  | "SHA3-384"
  | "SHA3-512"
  /** 512 bits of output (RFC 8419 2.3), used with Ed448. */
  | "SHAKE256-512";

interface StreamingDigest {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

interface DigestEntry {
  readonly oid: string;
  readonly length: number;
  readonly create: () => StreamingDigest;
}

const native = (name: string) => (): StreamingDigest => createHash(name);

/** Only what BoringSSL has comes from node:crypto; the rest is pure TypeScript, in Node and Electron alike. */
const DIGESTS: Readonly<Record<DigestAlgorithm, DigestEntry>> = {
  MD5: { oid: OID.md5, length: 16, create: () => legacyHashes().md5.create() },
  "RIPEMD-160": { oid: OID.ripemd160, length: 20, create: () => legacyHashes().ripemd160.create() },
  "SHA-1": { oid: OID.sha1, length: 20, create: native("sha1") },
  "SHA-224": { oid: OID.sha224, length: 28, create: native("sha224") },
  "SHA-256": { oid: OID.sha256, length: 32, create: native("sha256") },
  "SHA-384": { oid: OID.sha384, length: 48, create: native("sha384") },
  "SHA-512": { oid: OID.sha512, length: 64, create: native("sha512") },
  "SHA-512/256": { oid: OID.sha512_256, length: 32, create: native("sha512-256") },
  "SHA3-224": { oid: OID.sha3_224, length: 28, create: () => sha3Hashes().sha3_224.create() },
  "SHA3-256": { oid: OID.sha3_256, length: 32, create: () => sha3Hashes().sha3_256.create() },
  "SHA3-384": { oid: OID.sha3_384, length: 48, create: () => sha3Hashes().sha3_384.create() },
  "SHA3-512": { oid: OID.sha3_512, length: 64, create: () => sha3Hashes().sha3_512.create() },
  "SHAKE256-512": { oid: OID.shake256, length: 64, create: () => sha3Hashes().shake256.create({ dkLen: 64 }) },
};

const BY_OID: ReadonlyMap<string, DigestAlgorithm> = new Map(
  (Object.keys(DIGESTS) as DigestAlgorithm[]).map((name) => [DIGESTS[name].oid, name]),
);

export const digestByOid = (oid: string): DigestAlgorithm | undefined => BY_OID.get(oid);

export const digestOid = (algorithm: DigestAlgorithm): string => DIGESTS[algorithm].oid;

/** In bytes. */
export const digestLength = (algorithm: DigestAlgorithm): number => DIGESTS[algorithm].length;

export const createDigest = (algorithm: DigestAlgorithm): StreamingDigest => DIGESTS[algorithm].create();

export function digest(algorithm: DigestAlgorithm, bytes: Uint8Array): Uint8Array {
  const running = createDigest(algorithm);
  running.update(bytes);
  return new Uint8Array(running.digest());
}

export const sha256 = (bytes: Uint8Array): Uint8Array => digest("SHA-256", bytes);
