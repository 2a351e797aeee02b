import type { DatabaseSync } from "node:sqlite";
import type { SealedRecord } from "./sealed-record.ts";

/** The table of sealed records. Nothing in it can be read without the key. */
export interface SealedRecords {
  ids(): readonly string[];
  has(id: string): boolean;
  get(id: string): SealedRecord | null;
  set(id: string, record: SealedRecord): void;
  remove(id: string): void;
  clear(): void;
}

export function sealedRecords(database: DatabaseSync): SealedRecords {
  // A removed record is overwritten in the file, not only unlinked.
  database.exec("PRAGMA secure_delete = ON");
  database.exec(
    `CREATE TABLE IF NOT EXISTS vault (
       id TEXT PRIMARY KEY NOT NULL,
       version INTEGER NOT NULL,
       nonce BLOB NOT NULL,
       sealed BLOB NOT NULL
     ) STRICT, WITHOUT ROWID`,
  );
  const select = database.prepare("SELECT version, nonce, sealed FROM vault WHERE id = ?");
  const exists = database.prepare("SELECT 1 FROM vault WHERE id = ?");
  const list = database.prepare("SELECT id FROM vault ORDER BY id");
  const upsert = database.prepare("INSERT OR REPLACE INTO vault (id, version, nonce, sealed) VALUES (?, ?, ?, ?)");
  const erase = database.prepare("DELETE FROM vault WHERE id = ?");
  return {
    ids: () => list.all().map((row) => String(row["id"])),
    has: (id) => exists.get(id) !== undefined,
    get(id) {
      const row = select.get(id);
      const nonce = row?.["nonce"];
      const sealed = row?.["sealed"];
      return nonce instanceof Uint8Array && sealed instanceof Uint8Array
        ? { version: Number(row?.["version"]), nonce, sealed }
        : null;
    },
    set(id, { version, nonce, sealed }) {
      upsert.run(id, version, nonce, sealed);
    },
    remove(id) {
      erase.run(id);
    },
    clear() {
      database.exec("DELETE FROM vault");
    },
  };
}
