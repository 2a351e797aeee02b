import type { Failure } from "../../shared/failure.ts";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import { openDatabase } from "./database.ts";
import { Journal } from "./journal.ts";

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
