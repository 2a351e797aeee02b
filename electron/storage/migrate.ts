import type { DatabaseSync } from "node:sqlite";
import { atomically } from "./atomically.ts";

/** Each script takes the schema from its index to the next version; none is ever changed after a release. */
export type Migrations = readonly string[];

/** The file was written by a newer version of the program: this one must not touch it. */
export class NewerSchema extends Error {
  override readonly name = "NewerSchema";
}

/**
 * Brings the schema up to date, in one commit, and so finds out that the file can be written. `PRAGMA user_version`
 * holds the version. Throws `NewerSchema`, or SQLite's error when the file is damaged, locked or read-only.
 */
export function migrate(database: DatabaseSync, migrations: Migrations): void {
  atomically(database, () => {
    const version = schemaVersion(database);
    if (version > migrations.length) {
      throw new NewerSchema(`schema ${version} is newer than ${migrations.length}`);
    }
    for (const script of migrations.slice(version)) {
      database.exec(script);
    }
    // Also when nothing changed: a file that can only be read fails here, not after somebody has approved.
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

/** Of a file that no version has written yet: 0. */
export const schemaVersion = (database: DatabaseSync): number =>
  Number(database.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
