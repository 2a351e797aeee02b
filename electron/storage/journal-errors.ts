/** Somebody else has moved this run on since we read it: whoever gets this must stop. */
export class JournalConflict extends Error {
  override readonly name = "JournalConflict";
}

/** The journal could not be written or read (or the run is no longer ours): nothing may be done that it does not know of. */
export function isJournalFailure(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  // ERR_INVALID_STATE: the database was closed.
  return error instanceof JournalConflict || code === "ERR_SQLITE_ERROR" || code === "ERR_INVALID_STATE";
}

/** SQLITE_BUSY, LOCKED, READONLY, IOERR, FULL and CANTOPEN (https://sqlite.org/rescode.html): primary result codes. */
const PASSING_RESULT_CODES: readonly number[] = [5, 6, 8, 10, 13, 14];

/** SQLite could not write or read just now (disk full, I/O error, locked): it may be able to a moment later. */
export function isRefusedWrite(error: unknown): boolean {
  const isOfSqlite = error instanceof Error && "code" in error && error.code === "ERR_SQLITE_ERROR";
  return (
    isOfSqlite &&
    "errcode" in error &&
    typeof error.errcode === "number" &&
    PASSING_RESULT_CODES.includes(error.errcode & 0xff)
  );
}
