import type { DatabaseSync } from "node:sqlite";
import { atomically } from "./atomically.ts";
import { JournalConflict } from "./journal-errors.ts";

/** Item updates name the owner: an instance that was taken for dead must not go on with single documents either. */
export const OWNED = "(SELECT owner FROM signing_transaction WHERE id = transaction_id) = ?";

/** What all of the journal's statements share: the database, the clock, and who writes. */
export class JournalConnection {
  readonly database: DatabaseSync;
  /** Process id of the instance that drives a run; a row whose owner is gone may be taken over. */
  readonly owner: number;
  readonly #now: () => number;

  constructor(database: DatabaseSync, now: () => number, owner: number) {
    this.database = database;
    this.owner = owner;
    this.#now = now;
  }

  /** ISO 8601. */
  timestamp(): string {
    return new Date(this.#now()).toISOString();
  }

  /** Throws `JournalConflict` unless exactly one row was changed. */
  conditionally(changes: number | bigint): void {
    if (Number(changes) !== 1) {
      throw new JournalConflict("the run was moved on by somebody else");
    }
  }

  /** Does it in one commit, or not at all. */
  atomically<T>(work: () => T): T {
    return atomically(this.database, work);
  }
}
