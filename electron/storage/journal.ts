import type { DatabaseSync } from "node:sqlite";
import type { BankIdSigning, FlowState, SignatureValue } from "../providers/provider.ts";
import type { PreparedSignature } from "../pades/prepared-signature.ts";
import type { Failure } from "../../shared/failure.ts";
import type { TransactionId } from "../../shared/ids.ts";
import type {
  ItemRecord,
  ReturnedDocument,
  SentDocument,
  TransactionPhase,
  TransactionRecord,
} from "./journal-record.ts";
import { evidenceFrom, itemFrom, jsonOrNull, transactionFrom } from "./journal-rows.ts";
import type { FixedItem, FixedTransaction } from "./journal-rows.ts";
import { JOURNAL_MIGRATIONS } from "./journal-schema.ts";
import { migrate } from "./migrate.ts";

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

/** Item updates name the owner: an instance that was taken for dead must not go on with single documents either. */
const OWNED = "(SELECT owner FROM signing_transaction WHERE id = transaction_id) = ?";

/**
 * The journal: a row for each step, on the disk before the step's side effect. Updates are conditional on what was read
 * (`version`, `phase`), so a double click, a second window or a second instance cannot sign twice.
 */
export class Journal {
  readonly #database: DatabaseSync;
  readonly #now: () => number;
  /** Process id of the instance that drives a run; a row whose owner is gone may be taken over. */
  readonly #owner: number;

  constructor(database: DatabaseSync, now: () => number, owner: number) {
    this.#database = database;
    this.#now = now;
    this.#owner = owner;
    migrate(database, JOURNAL_MIGRATIONS);
  }

  /** Writes a new run with its documents, in one commit. */
  begin(transaction: TransactionRecord, items: readonly ItemRecord[]): void {
    this.#atomically(() => {
      const { id, phase, version, state, failure, updated, ...fixed } = transaction;
      this.#database
        .prepare(
          "INSERT INTO signing_transaction (id, phase, version, state, record, failure, owner, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .run(
          id,
          phase,
          version,
          JSON.stringify(state),
          JSON.stringify(fixed satisfies FixedTransaction),
          jsonOrNull(failure),
          this.#owner,
          updated,
        );
      const insert = this.#database.prepare(
        "INSERT INTO signing_item (transaction_id, item, phase, record, prepared, value, capacity, staged_path, output_path, failure) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      );
      for (const record of items) {
        const {
          transaction: owner,
          item,
          phase: itemPhase,
          prepared,
          sent: _sent,
          returned: _returned,
          evidence: _evidence,
          value,
          capacityBytes,
          stagedPath,
          outputPath,
          failure: itemFailure,
          ...rest
        } = record;
        insert.run(
          owner,
          item,
          itemPhase,
          JSON.stringify(rest satisfies FixedItem),
          jsonOrNull(prepared),
          value,
          capacityBytes,
          stagedPath,
          outputPath,
          jsonOrNull(itemFailure),
        );
      }
    });
  }

  /** Stores the next state; `version` is the one that was read. Returns the new version. */
  storeState(id: TransactionId, version: number, state: FlowState): number {
    this.#conditionally(
      this.#database
        .prepare(
          "UPDATE signing_transaction SET state = ?, version = version + 1, updated = ? WHERE id = ? AND version = ? AND phase = 'running'",
        )
        .run(JSON.stringify(state), this.#timestamp(), id, version).changes,
    );
    return version + 1;
  }

  /** Stores the state and the approved values in one commit: neither can be lost without the other. */
  storeValues(id: TransactionId, version: number, state: FlowState, values: readonly SignatureValue[]): number {
    return this.#atomically(() => {
      const next = this.storeState(id, version, state);
      const update = this.#database.prepare(
        `UPDATE signing_item SET value = ?, phase = 'approved' WHERE transaction_id = ? AND item = ? AND phase = 'prepared' AND ${OWNED}`,
      );
      for (const value of values) {
        this.#conditionally(update.run(value.value, id, value.id, this.#owner).changes);
      }
      return next;
    });
  }

  storePrepared(id: TransactionId, item: string, prepared: PreparedSignature): void {
    this.#conditionally(
      this.#database
        .prepare(
          `UPDATE signing_item SET prepared = ?, phase = 'prepared', failure = NULL WHERE transaction_id = ? AND item = ? AND phase IN ('pending', 'prepared') AND ${OWNED}`,
        )
        .run(JSON.stringify(prepared), id, item, this.#owner).changes,
    );
  }

  /** Which bytes go out, before they do. */
  storeSent(id: TransactionId, item: string, sent: SentDocument): void {
    this.#conditionally(
      this.#database
        .prepare(
          `UPDATE signing_item SET sent = ?, phase = 'prepared', failure = NULL WHERE transaction_id = ? AND item = ? AND phase IN ('pending', 'prepared') AND ${OWNED}`,
        )
        .run(JSON.stringify(sent), id, item, this.#owner).changes,
    );
  }

  /** Stores the state and what came back, whose bytes are on the disk already, in one commit. */
  storeReturned(
    id: TransactionId,
    version: number,
    state: FlowState,
    documents: readonly { readonly item: string; readonly returned: ReturnedDocument }[],
  ): number {
    return this.#atomically(() => {
      const next = this.storeState(id, version, state);
      const update = this.#database.prepare(
        `UPDATE signing_item SET returned = ?, phase = 'approved' WHERE transaction_id = ? AND item = ? AND phase = 'prepared' AND ${OWNED}`,
      );
      for (const { item, returned } of documents) {
        this.#conditionally(update.run(JSON.stringify(returned), id, item, this.#owner).changes);
      }
      return next;
    });
  }

  /** Stores the state and the evidence for these documents in one commit: neither can be lost without the other. */
  storeEvidence(
    id: TransactionId,
    version: number,
    state: FlowState,
    items: readonly string[],
    evidence: BankIdSigning,
  ): number {
    return this.#atomically(() => {
      const next = this.storeState(id, version, state);
      const { lastInsertRowid } = this.#database
        .prepare("INSERT INTO signing_evidence (transaction_id, evidence) VALUES (?, ?)")
        .run(id, JSON.stringify(evidence));
      const update = this.#database.prepare(
        `UPDATE signing_item SET evidence = ?, phase = 'approved' WHERE transaction_id = ? AND item = ? AND phase = 'prepared' AND ${OWNED}`,
      );
      for (const item of items) {
        this.#conditionally(update.run(lastInsertRowid, id, item, this.#owner).changes);
      }
      return next;
    });
  }

  /** What `ItemRecord.evidence` stands for; null: there is none. */
  evidence(id: number): BankIdSigning | null {
    const row = this.#database.prepare("SELECT evidence FROM signing_evidence WHERE id = ?").get(id);
    return row === undefined ? null : evidenceFrom(row);
  }

  /** As `storeAssembled`, with the seal in the staged file; null: it is a package of evidence, which has none. */
  storeEvidenceAssembled(id: TransactionId, item: string, seal: PreparedSignature | null): void {
    this.#conditionally(
      this.#database
        .prepare(
          `UPDATE signing_item SET phase = 'assembled', prepared = ?, failure = NULL WHERE transaction_id = ? AND item = ? AND evidence IS NOT NULL AND phase IN ('approved', 'assembled') AND ${OWNED}`,
        )
        .run(jsonOrNull(seal), id, item, this.#owner).changes,
    );
  }

  storeAssembled(id: TransactionId, item: string): void {
    this.#conditionally(
      this.#database
        .prepare(
          `UPDATE signing_item SET phase = 'assembled', failure = NULL WHERE transaction_id = ? AND item = ? AND phase IN ('approved', 'assembled') AND ${OWNED}`,
        )
        .run(id, item, this.#owner).changes,
    );
  }

  /**
   * The reserved space was too small for the CMS: the approvals cannot be used, because a larger space changes what is
   * signed. These documents go back to the start, once, with enough space, in one commit with the state that begins
   * again. Returns the new version.
   */
  requeue(
    id: TransactionId,
    version: number,
    state: FlowState,
    items: readonly { readonly item: string; readonly capacityBytes: number }[],
  ): number {
    return this.#atomically(() => {
      const next = this.storeState(id, version, state);
      const update = this.#database.prepare(
        `UPDATE signing_item SET phase = 'pending', prepared = NULL, sent = NULL, returned = NULL, value = NULL, failure = NULL, capacity = ? WHERE transaction_id = ? AND item = ? AND phase IN ('approved', 'assembled') AND capacity IS NULL AND ${OWNED}`,
      );
      for (const { item, capacityBytes } of items) {
        this.#conditionally(update.run(capacityBytes, id, item, this.#owner).changes);
      }
      return next;
    });
  }

  /** Written before the rename, so that a crash between the two can be told from a file that was never delivered. */
  storeOutputPath(id: TransactionId, item: string, outputPath: string): void {
    this.#conditionally(
      this.#database
        .prepare(
          `UPDATE signing_item SET output_path = ? WHERE transaction_id = ? AND item = ? AND phase = 'assembled' AND ${OWNED}`,
        )
        .run(outputPath, id, item, this.#owner).changes,
    );
  }

  storeDelivered(id: TransactionId, item: string): void {
    this.#conditionally(
      this.#database
        .prepare(
          `UPDATE signing_item SET phase = 'delivered', failure = NULL WHERE transaction_id = ? AND item = ? AND phase = 'assembled' AND ${OWNED}`,
        )
        .run(id, item, this.#owner).changes,
    );
  }

  /** A document that fails before its approval is finished with; one that was approved keeps its place and is tried again. */
  storeItemFailure(id: TransactionId, item: string, failure: Failure): void {
    this.#database
      .prepare(
        `UPDATE signing_item SET failure = ?, phase = CASE WHEN phase IN ('pending', 'prepared') THEN 'failed' ELSE phase END WHERE transaction_id = ? AND item = ? AND phase <> 'delivered' AND ${OWNED}`,
      )
      .run(JSON.stringify(failure), id, item, this.#owner);
  }

  /** Ends an approved document that can never be delivered: its value fits nothing that is still there. */
  giveUp(id: TransactionId, item: string, failure: Failure): void {
    this.#conditionally(
      this.#database
        .prepare(
          `UPDATE signing_item SET failure = ?, phase = 'failed' WHERE transaction_id = ? AND item = ? AND phase IN ('approved', 'assembled') AND ${OWNED}`,
        )
        .run(JSON.stringify(failure), id, item, this.#owner).changes,
    );
  }

  /** Ends a run. Documents that were not approved by then are failed with the same failure. */
  finish(id: TransactionId, phase: Exclude<TransactionPhase, "running">, failure: Failure | null): void {
    this.#atomically(() => {
      this.#conditionally(
        this.#database
          .prepare(
            "UPDATE signing_transaction SET phase = ?, failure = ?, updated = ? WHERE id = ? AND phase = 'running'",
          )
          .run(phase, jsonOrNull(failure), this.#timestamp(), id).changes,
      );
      this.#database
        .prepare(
          "UPDATE signing_item SET phase = 'failed', failure = coalesce(failure, ?) WHERE transaction_id = ? AND phase IN ('pending', 'prepared')",
        )
        .run(jsonOrNull(failure), id);
    });
  }

  transaction(id: TransactionId): TransactionRecord | null {
    const row = this.#database.prepare("SELECT * FROM signing_transaction WHERE id = ?").get(id);
    return row === undefined ? null : transactionFrom(row);
  }

  items(id: TransactionId): readonly ItemRecord[] {
    return this.#database
      .prepare("SELECT * FROM signing_item WHERE transaction_id = ? ORDER BY CAST(item AS INTEGER)")
      .all(id)
      .map(itemFrom);
  }

  /** Runs that were not finished, and finished ones with an approved document that is not delivered yet. Oldest first. */
  unfinished(): readonly TransactionRecord[] {
    return this.#database
      .prepare(
        `SELECT * FROM signing_transaction AS t WHERE phase = 'running'
           OR EXISTS (SELECT 1 FROM signing_item WHERE transaction_id = t.id AND phase IN ('approved', 'assembled'))
         ORDER BY rowid`,
      )
      .all()
      .map(transactionFrom);
  }

  /**
   * Takes a run over from an instance that is gone. False when another instance was faster or still lives. `isAlive`
   * also gets the time (ISO 8601) at which the owner last wrote.
   */
  takeOver(id: TransactionId, isAlive: (processId: number, updated: string) => boolean): boolean {
    const row = this.#database.prepare("SELECT owner, updated FROM signing_transaction WHERE id = ?").get(id);
    const owner = row?.["owner"];
    if (typeof owner !== "number" || (owner !== this.#owner && isAlive(owner, String(row?.["updated"])))) {
      return false;
    }
    return (
      this.#database
        .prepare("UPDATE signing_transaction SET owner = ?, version = version + 1 WHERE id = ? AND owner = ?")
        .run(this.#owner, id, owner).changes === 1
    );
  }

  /**
   * Forgets runs that ended before this time (ISO 8601), with all that they hold of people and files. One that has an
   * approved document which is not delivered stays, however old it is.
   */
  forgetFinished(before: string): void {
    this.#database
      .prepare(
        `DELETE FROM signing_transaction WHERE phase <> 'running' AND updated < ?
           AND NOT EXISTS
             (SELECT 1 FROM signing_item WHERE transaction_id = id AND phase IN ('approved', 'assembled'))`,
      )
      .run(before);
  }

  /** Closing again does nothing. */
  close(): void {
    if (this.#database.isOpen) {
      this.#database.close();
    }
  }

  #timestamp(): string {
    return new Date(this.#now()).toISOString();
  }

  #conditionally(changes: number | bigint): void {
    if (Number(changes) !== 1) {
      throw new JournalConflict("the run was moved on by somebody else");
    }
  }

  #atomically<T>(work: () => T): T {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const value = work();
      this.#database.exec("COMMIT");
      return value;
    } catch (error) {
      // A full disk may have rolled back already.
      if (this.#database.isTransaction) {
        this.#database.exec("ROLLBACK");
      }
      throw error;
    }
  }
}
