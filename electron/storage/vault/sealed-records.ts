import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { migrate } from "../migrate.ts";
import type { SealedRecord } from "./sealed-record.ts";

const MIGRATIONS = [
  `
CREATE TABLE IF NOT EXISTS vault (
  id TEXT PRIMARY KEY NOT NULL,
  version INTEGER NOT NULL,
  nonce BLOB NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
`,
  // Before this table the one key had the keychain's item without a name of its own.
  `
CREATE TABLE vault_key (
  item TEXT PRIMARY KEY NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('current', 'pending', 'retired')),
  fingerprint TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_current_key ON vault_key (role) WHERE role = 'current';
INSERT INTO vault_key (item, role) SELECT '', 'current' WHERE EXISTS (SELECT 1 FROM vault);
`,
] as const;

/** Which item of the keychain the records are sealed under, and which key that is. */
export interface KeyMark {
  readonly item: string;
  /** Of the key; null: a vault of before fingerprints were kept. */
  readonly fingerprint: string | null;
}

/** Null: the record cannot be opened and stays as it is. */
type Reseal = (id: string, record: SealedRecord) => SealedRecord | null;

/** The tables of sealed records and of the keys' names. Nothing in them can be read without the key. */
export interface SealedRecords {
  ids(): readonly string[];
  has(id: string): boolean;
  get(id: string): SealedRecord | null;
  /** False: another key is current by now, and nothing was written. */
  set(id: string, record: SealedRecord, item: string): boolean;
  remove(id: string): void;
  key(): KeyMark | null;
  /** A legacy vault's key has turned out to be this one. */
  nameKey(mark: KeyMark): void;
  /** Written down before the keychain gets a new item, so that none is left there unknown. */
  planKey(item: string): void;
  /**
   * In one commit: all records are sealed anew, those of `dropped` removed, and the planned key takes the place of `from`
   * (null, too: there was none). `to` null: there is no key any more. False: `from` is not the current key by now, and
   * nothing has changed.
   */
  changeKey(from: string | null, to: KeyMark | null, reseal: Reseal, dropped?: (id: string) => boolean): boolean;
  /** Items that the keychain may still have and nothing needs. None of them can become the current one any more. */
  unneededKeys(): readonly string[];
  forgetKey(item: string): void;
  /** Takes what was removed out of the file and its log. Throws when that cannot be done now. */
  scrub(): void;
}

/** Throws as `migrate` does, and when the file's inner structure is damaged. */
export function sealedRecords(database: DatabaseSync): SealedRecords {
  // SECURITY: a removed record is overwritten in the file, not only unlinked.
  database.exec("PRAGMA secure_delete = ON");
  migrate(database, MIGRATIONS);
  if (database.prepare("PRAGMA quick_check").get()?.["quick_check"] !== "ok") {
    throw new Error("the vault's file is damaged");
  }
  const select = database.prepare("SELECT version, nonce, sealed FROM vault WHERE id = ?");
  const exists = database.prepare("SELECT 1 FROM vault WHERE id = ?");
  const list = database.prepare("SELECT id FROM vault ORDER BY id");
  const upsert = database.prepare("INSERT OR REPLACE INTO vault (id, version, nonce, sealed) VALUES (?, ?, ?, ?)");
  const erase = database.prepare("DELETE FROM vault WHERE id = ?");
  const current = database.prepare("SELECT item, fingerprint FROM vault_key WHERE role = 'current'");
  const unneeded = database.prepare("SELECT item FROM vault_key WHERE role <> 'current'");
  const atOnce = (work: () => boolean): boolean => {
    database.exec("BEGIN IMMEDIATE");
    try {
      const done = work();
      database.exec(done ? "COMMIT" : "ROLLBACK");
      return done;
    } catch (error) {
      if (database.isTransaction) {
        database.exec("ROLLBACK");
      }
      throw error;
    }
  };
  const records: SealedRecords = {
    ids: () => list.all().map((row) => String(row["id"])),
    has: (id) => exists.get(id) !== undefined,
    get: (id) => recordOf(select.get(id)),
    set: (id, { version, nonce, sealed }, item) =>
      atOnce(() => {
        if (records.key()?.item !== item) {
          return false;
        }
        upsert.run(id, version, nonce, sealed);
        return true;
      }),
    remove(id) {
      erase.run(id);
    },
    key() {
      const row = current.get();
      const fingerprint = row?.["fingerprint"];
      return row === undefined
        ? null
        : { item: String(row["item"]), fingerprint: typeof fingerprint === "string" ? fingerprint : null };
    },
    nameKey({ item, fingerprint }) {
      database.prepare("UPDATE vault_key SET fingerprint = ? WHERE item = ?").run(fingerprint, item);
    },
    planKey(item) {
      database.prepare("INSERT INTO vault_key (item, role) VALUES (?, 'pending')").run(item);
    },
    changeKey: (from, to, reseal, dropped = () => false) =>
      atOnce(() => {
        if ((records.key()?.item ?? null) !== from) {
          return false;
        }
        for (const id of records.ids()) {
          const record = dropped(id) ? null : records.get(id);
          const sealed = record === null ? null : reseal(id, record);
          if (record === null) {
            erase.run(id);
          } else if (sealed !== null) {
            upsert.run(id, sealed.version, sealed.nonce, sealed.sealed);
          }
        }
        database.exec("UPDATE vault_key SET role = 'retired' WHERE role = 'current'");
        if (to !== null) {
          const taken = database
            .prepare("UPDATE vault_key SET role = 'current', fingerprint = ? WHERE item = ? AND role = 'pending'")
            .run(to.fingerprint, to.item);
          return Number(taken.changes) === 1;
        }
        return true;
      }),
    unneededKeys() {
      // First, so that whoever planned one of them does not seal under a key that is about to be removed.
      database.exec("UPDATE vault_key SET role = 'retired' WHERE role = 'pending'");
      return unneeded.all().map((row) => String(row["item"]));
    },
    forgetKey(item) {
      database.prepare("DELETE FROM vault_key WHERE item = ? AND role <> 'current'").run(item);
    },
    scrub() {
      database.exec("VACUUM");
      // The log has had the old pages, too.
      if (database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()?.["busy"] !== 0) {
        throw new Error("somebody reads the vault's log");
      }
    },
  };
  return records;
}

function recordOf(row: Readonly<Record<string, SQLOutputValue>> | undefined): SealedRecord | null {
  const nonce = row?.["nonce"];
  const sealed = row?.["sealed"];
  return nonce instanceof Uint8Array && sealed instanceof Uint8Array
    ? { version: Number(row?.["version"]), nonce, sealed }
    : null;
}
