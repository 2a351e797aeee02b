import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

const TIMEOUT_MILLISECONDS = 5_000;

/**
 * Does something that no other program does at the same time under the same name. The lock is that of a database, which goes
 * with the program that holds it, however it ends; nothing is kept in the file. Throws when it cannot be had in five seconds.
 */
export function exclusively<T>(path: string, work: () => T): T {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(path, { timeout: TIMEOUT_MILLISECONDS });
  try {
    database.exec("BEGIN EXCLUSIVE");
    try {
      return work();
    } finally {
      database.exec("ROLLBACK");
    }
  } finally {
    database.close();
  }
}
