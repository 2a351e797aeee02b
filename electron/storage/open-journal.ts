import { DatabaseSync } from "node:sqlite";
import type { Failure } from "../../shared/failure.ts";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import { openDatabase } from "./database.ts";
import { Journal } from "./journal.ts";
import { JournalConnection } from "./journal-connection.ts";
import { JournalReads } from "./journal-reads.ts";

const READ_TIMEOUT_MILLISECONDS = 1_000;
/** No process has this number. */
const NOBODY = -1;

/**
 * Opens (or makes) the journal in this file. `app.journal-unavailable` when it is damaged, locked, read-only or of a
 * newer version. It is left as it is then: it may hold approvals.
 */
export function openJournal(path: string, now: () => number, owner: number): Result<Journal, Failure> {
  let database: ReturnType<typeof openDatabase> | null = null;
  try {
    database = openDatabase(path);
    return success(new Journal(database, now, owner));
  } catch {
    database?.close();
    return failed({ code: "app.journal-unavailable" });
  }
}

/** Another program's journal, to look into. Null: there is none, or it cannot be read now. */
export function readJournal(path: string): { readonly reads: JournalReads; readonly close: () => void } | null {
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: READ_TIMEOUT_MILLISECONDS });
    probe(database);
    const reads = new JournalReads(new JournalConnection(database, Date.now, NOBODY));
    return { reads, close: () => database.close() };
  } catch {
    return null;
  }
}

/**
 * SQLite opens any file, and reads it when it is first asked. Throws (and closes it) when there is no journal in it. One that
 * is damaged further in shows it to whoever asks for more.
 */
function probe(database: DatabaseSync): void {
  try {
    database.prepare("SELECT * FROM signing_transaction LIMIT 1").get();
    database.prepare("SELECT * FROM signing_item LIMIT 1").get();
  } catch (error) {
    database.close();
    throw error;
  }
}
