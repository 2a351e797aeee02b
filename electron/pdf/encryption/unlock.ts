import { aesCbcDecryptBlocks, aesDecryptBlock } from "./aes-cbc.ts";
import type { StandardEncryption } from "./encryption-dictionary.ts";
import { md5 } from "./md5.ts";
import { passwordBytes } from "./password-bytes.ts";
import { passwordHash } from "./password-hash.ts";
import { rc4 } from "./rc4.ts";

/** The password was right: the key of the file, and whose password it was. */
export interface Unlocked {
  readonly fileKey: Uint8Array;
  readonly as: "user" | "owner";
}

/** ISO 32000-2 7.6.4.3.2, algorithm 2 step a. */
const PADDING = Uint8Array.from(Buffer.from("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A", "hex"));

/** Tries one password as owner and as user password; undefined when it is neither. `fileId` is the first part of /ID. */
export function unlock(parameters: StandardEncryption, fileId: Uint8Array, password: string): Unlocked | undefined {
  for (const bytes of passwordBytes(password, parameters.revision)) {
    const unlocked =
      parameters.revision >= 5 ? unlockModern(parameters, bytes) : unlockLegacy(parameters, fileId, bytes);
    if (unlocked !== undefined) {
      return unlocked;
    }
  }
  return undefined;
}

/** ISO 32000-2 7.6.4.3.3, algorithm 2.A, with the checks of algorithms 11 and 12. */
function unlockModern(parameters: StandardEncryption, password: Uint8Array): Unlocked | undefined {
  const { revision, owner, user } = parameters;
  const userKey = user.subarray(0, 48);
  // Bytes 0 to 31 are the hash, 32 to 39 the validation salt, 40 to 47 the key salt.
  if (same(passwordHash(revision, password, owner.subarray(32, 40), userKey), owner.subarray(0, 32))) {
    const key = passwordHash(revision, password, owner.subarray(40, 48), userKey);
    return { fileKey: aesCbcDecryptBlocks(key, parameters.ownerEncrypted), as: "owner" };
  }
  if (same(passwordHash(revision, password, user.subarray(32, 40)), user.subarray(0, 32))) {
    const key = passwordHash(revision, password, user.subarray(40, 48));
    return { fileKey: aesCbcDecryptBlocks(key, parameters.userEncrypted), as: "user" };
  }
  return undefined;
}

function unlockLegacy(parameters: StandardEncryption, fileId: Uint8Array, password: Uint8Array): Unlocked | undefined {
  const asOwner = legacyFileKey(parameters, fileId, userPasswordFrom(parameters, password));
  if (asOwner !== undefined) {
    return { fileKey: asOwner, as: "owner" };
  }
  const asUser = legacyFileKey(parameters, fileId, padded(password));
  return asUser === undefined ? undefined : { fileKey: asUser, as: "user" };
}

const padded = (password: Uint8Array): Uint8Array => Buffer.concat([password, PADDING]).subarray(0, 32);

/** ISO 32000-2 7.6.4.4.7, algorithm 7: an owner password decrypts /O to the padded user password. */
function userPasswordFrom({ revision, owner, keyLength }: StandardEncryption, password: Uint8Array): Uint8Array {
  let hash = md5(padded(password));
  if (revision === 2) {
    return rc4(hash.subarray(0, keyLength), owner);
  }
  for (let round = 0; round < 50; round += 1) {
    hash = md5(hash);
  }
  const key = hash.subarray(0, keyLength);
  let value = owner;
  for (let round = 19; round >= 0; round -= 1) {
    value = rc4(mixed(key, round), value);
  }
  return value;
}

/** The key of the file (algorithm 2), when the password passes the check against /U (algorithm 6). */
function legacyFileKey(
  parameters: StandardEncryption,
  fileId: Uint8Array,
  paddedPassword: Uint8Array,
): Uint8Array | undefined {
  const { revision, owner, user, flags, keyLength, encryptMetadata } = parameters;
  const flagBytes = Buffer.alloc(4);
  flagBytes.writeInt32LE(flags);
  const metadata = revision >= 4 && !encryptMetadata ? Buffer.alloc(4, 0xff) : Buffer.alloc(0);
  let hash = md5(paddedPassword, owner, flagBytes, fileId, metadata);
  const rounds = revision >= 3 ? 50 : 0;
  for (let round = 0; round < rounds; round += 1) {
    hash = md5(hash.subarray(0, keyLength));
  }
  const key = hash.subarray(0, keyLength);
  if (revision === 2) {
    // Algorithm 4.
    return same(rc4(key, PADDING), user) ? key : undefined;
  }
  // Algorithm 5: only the first 16 bytes of /U mean something.
  let value: Uint8Array = md5(PADDING, fileId);
  for (let round = 0; round < 20; round += 1) {
    value = rc4(mixed(key, round), value);
  }
  return same(value, user.subarray(0, 16)) ? key : undefined;
}

/**
 * The permissions that nobody without the file key can have changed: /P, less what the encrypted copy in /Perms does not
 * grant (ISO 32000-2 7.6.4.4.12, algorithm 13). /P itself goes into the key before revision 5.
 */
export function provenFlags({ revision, flags, perms }: StandardEncryption, fileKey: Uint8Array): number {
  if (revision < 5 || perms.length < 16) {
    return flags;
  }
  const plain = Buffer.from(aesDecryptBlock(fileKey, perms));
  // Without "adb" it is no copy at all; a writer's mistake that other programs only warn of.
  return plain.toString("latin1", 9, 12) === "adb" ? flags & plain.readInt32LE(0) : flags;
}

const mixed = (key: Uint8Array, round: number): Uint8Array => key.map((byte) => byte ^ round);

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
