import { existsSync, renameSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { openDatabase } from "../database.ts";
import { sealedRecords } from "./sealed-records.ts";
import type { SealedRecords } from "./sealed-records.ts";

/** Where the sealed records lie. */
export interface VaultFile {
  /** Null: the file cannot be read (damaged, of a newer version, held by somebody else). Tries again when it could not be. */
  records(): SealedRecords | null;
  /** Moves the file out of the way and begins a new one. Returns its new name; throws when it cannot be moved. */
  setAside(): string;
  close(): void;
}

/** A file on the disk. Set aside it is called `vault-set-aside-TIME.db`, in the same folder. */
export function vaultFile(path: string, now: () => number): VaultFile {
  let database: DatabaseSync | null = null;
  let opened: SealedRecords | null = null;
  const close = (): void => {
    opened = null;
    if (database?.isOpen === true) {
      database.close();
    }
    database = null;
  };
  return {
    records() {
      if (opened !== null) {
        return opened;
      }
      try {
        database = openDatabase(path);
        opened = sealedRecords(database);
      } catch {
        close();
      }
      return opened;
    },
    setAside() {
      // Closing takes the log into the file, where the file is one.
      close();
      const time = new Date(now()).toISOString().replaceAll(/[:.]/gu, "-");
      const name = freeName(path, `vault-set-aside-${time}`);
      const aside = join(dirname(path), name);
      renameSync(path, aside);
      for (const beside of ["-wal", "-shm"]) {
        if (existsSync(`${path}${beside}`)) {
          renameSync(`${path}${beside}`, `${aside}${beside}`);
        }
      }
      return basename(aside);
    },
    close,
  };
}

function freeName(path: string, stem: string): string {
  let name = `${stem}.db`;
  for (let number = 2; existsSync(join(dirname(path), name)); number += 1) {
    name = `${stem}-${number}.db`;
  }
  return name;
}
