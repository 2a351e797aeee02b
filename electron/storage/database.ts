import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

const BUSY_TIMEOUT_MILLISECONDS = 5_000;

/**
 * Opens (or makes) the application database. Every commit is on the disk before the call returns: WAL with
 * synchronous=FULL, and on macOS the barrier that really empties the drive's cache.
 */
export function openDatabase(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(path, {
    timeout: BUSY_TIMEOUT_MILLISECONDS,
    enableForeignKeyConstraints: true,
    defensive: true,
  });
  try {
    // SECURITY: names and paths of a person's documents stand in here; other users of the computer have no business with them.
    if (process.platform !== "win32") {
      chmodSync(path, 0o600);
    }
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    // SECURITY: what a state does not hold any more (a phone number) is not left lying in the file either.
    database.exec("PRAGMA secure_delete = ON;");
    if (process.platform === "darwin") {
      database.exec("PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;");
    }
    return database;
  } catch (error) {
    // What is no database shows only now, and on Windows a file that is held open can be neither moved nor removed.
    database.close();
    throw error;
  }
}
