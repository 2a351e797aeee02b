import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { failed, success } from "../../../shared/result.ts";
import { KEY_BYTES } from "./key-store.ts";
import type { KeyStore } from "./key-store.ts";
import { lend } from "./lend.ts";
import { memoryVault } from "./memory-vault.ts";
import { openRecord, sealRecord } from "./sealed-record.ts";
import { sealedRecords } from "./sealed-records.ts";
import type { SealedRecords } from "./sealed-records.ts";
import type { SecretVault } from "./secret-vault.ts";

export interface OpenedVault extends SecretVault {
  /**
   * Why secrets cannot be kept, or null. "key-lost": records are there, but the keychain no longer has their key; they
   * stay untouched until `reset`.
   */
  readonly problem: "keychain-unavailable" | "key-lost" | null;
  /** Throws away all records. With "key-lost", the next start makes a new key. */
  reset(): Promise<void>;
}

/**
 * An envelope: one random key in the system's keychain, and records sealed with it in the application database. Never
 * falls back to plain text: without a keychain, secrets live as long as the program.
 */
export async function openVault(options: {
  readonly database: DatabaseSync;
  readonly keyStore: KeyStore;
}): Promise<OpenedVault> {
  const records = sealedRecords(options.database);
  const problem = await prepareKey(options.keyStore, records);
  return problem === null ? sealedVault(options.keyStore, records) : sessionVault(records, problem);
}

/** Makes the key at the first start, and reads it back: some stores take a value and keep nothing. */
async function prepareKey(keyStore: KeyStore, records: SealedRecords): Promise<OpenedVault["problem"]> {
  try {
    const present = await keyStore.read();
    if (present !== null) {
      const usable = present.length === KEY_BYTES;
      present.fill(0);
      return usable ? null : "key-lost";
    }
    if (records.ids().length > 0) {
      // SECURITY: a new key here would make every stored credential unreadable for good, perhaps only because the
      // keychain of another user or a locked collection answered.
      return "key-lost";
    }
    await lend(new Uint8Array(randomBytes(KEY_BYTES)), (key) => keyStore.write(key));
    const stored = await keyStore.read();
    stored?.fill(0);
    return stored?.length === KEY_BYTES ? null : "keychain-unavailable";
  } catch {
    return "keychain-unavailable";
  }
}

function sealedVault(keyStore: KeyStore, records: SealedRecords): OpenedVault {
  /** The key is fetched for each use, so that locking the keychain locks the vault. Null: not now. */
  const withKey = async <T>(work: (key: Uint8Array) => Promise<T>): Promise<T | null> => {
    const key = await keyStore.read().catch(() => null);
    if (key === null || key.length !== KEY_BYTES) {
      return null;
    }
    return lend(key, work);
  };
  const session = memoryVault();
  return {
    problem: null,
    state: () => "available",
    has: (id) => session.has(id) || records.has(id),
    ids: () => [...new Set([...session.ids(), ...records.ids()])],
    async put(id, secret) {
      const sealed = await withKey((key) => Promise.resolve(sealRecord(key, id, secret)));
      if (sealed === null) {
        return session.put(id, secret);
      }
      records.set(id, sealed);
      await session.remove(id);
      return "stored";
    },
    async use(id, borrow) {
      if (session.has(id)) {
        return session.use(id, borrow);
      }
      const record = records.get(id);
      if (record === null) {
        return failed({ code: "provider.no-credentials" });
      }
      const secret = await withKey((key) => Promise.resolve(openRecord(key, id, record)));
      return secret === null ? failed({ code: "app.keychain-unavailable" }) : success(await lend(secret, borrow));
    },
    async remove(id) {
      records.remove(id);
      await session.remove(id);
    },
    async reset() {
      for (const id of records.ids()) {
        await session.remove(id);
      }
      records.clear();
    },
  };
}

function sessionVault(records: SealedRecords, problem: NonNullable<OpenedVault["problem"]>): OpenedVault {
  const session = memoryVault();
  return {
    ...session,
    problem,
    ids: () => [...new Set([...session.ids(), ...records.ids()])],
    async use(id, borrow) {
      return !session.has(id) && records.has(id)
        ? failed({ code: "app.keychain-unavailable" })
        : session.use(id, borrow);
    },
    async remove(id) {
      records.remove(id);
      await session.remove(id);
    },
    reset() {
      records.clear();
      return Promise.resolve();
    },
  };
}
