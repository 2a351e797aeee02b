import type { DatabaseSync } from "node:sqlite";

/** Does it in one commit, on the disk when this returns, or not at all. Waits for whoever writes now. */
export function atomically<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const value = work();
    database.exec("COMMIT");
    return value;
  } catch (error) {
    // A full disk may have rolled back already.
    if (database.isTransaction) {
      database.exec("ROLLBACK");
    }
    throw error;
  }
}
