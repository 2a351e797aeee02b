import type { DatabaseSync } from "node:sqlite";
import type { BankIdSigning, FlowState, SignatureValue } from "../providers/provider.ts";
import type { Failure } from "../../shared/failure.ts";
import type { TransactionId } from "../../shared/ids.ts";
import { JournalConnection, OWNED } from "./journal-connection.ts";
import { JournalItems } from "./journal-items.ts";
import type { ItemRecord, ReturnedDocument, TransactionPhase, TransactionRecord } from "./journal-record.ts";
import { jsonOrNull } from "./journal-rows.ts";
import type { FixedItem, FixedTransaction } from "./journal-rows.ts";
import { JOURNAL_MIGRATIONS } from "./journal-schema.ts";
import { migrate } from "./migrate.ts";

/**
 * The journal: a row for each step, on the disk before the step's side effect. Updates are conditional on what was read
 * (`version`, `phase`), so a double click, a second window or a second instance cannot sign twice.
 */
export class Journal extends JournalItems {
  constructor(database: DatabaseSync, now: () => number, owner: number) {
    super(new JournalConnection(database, now, owner));
    migrate(database, JOURNAL_MIGRATIONS);
  }

  /** Writes a new run with its documents, in one commit. */
  begin(transaction: TransactionRecord, items: readonly ItemRecord[]): void {
    this.connection.atomically(() => {
      const { id, phase, version, state, failure, updated, ...fixed } = transaction;
      this.connection.database
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
          this.connection.owner,
          updated,
        );
      const insert = this.connection.database.prepare(
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
          resultSha256: _result,
          outcome: _outcome,
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
    this.connection.conditionally(
      this.connection.database
        .prepare(
          "UPDATE signing_transaction SET state = ?, version = version + 1, updated = ? WHERE id = ? AND version = ? AND phase = 'running'",
        )
        .run(JSON.stringify(state), this.connection.timestamp(), id, version).changes,
    );
    return version + 1;
  }

  /** Stores the state and the approved values in one commit: neither can be lost without the other. */
  storeValues(id: TransactionId, version: number, state: FlowState, values: readonly SignatureValue[]): number {
    return this.connection.atomically(() => {
      const next = this.storeState(id, version, state);
      const update = this.connection.database.prepare(
        `UPDATE signing_item SET value = ?, phase = 'approved' WHERE transaction_id = ? AND item = ? AND phase = 'prepared' AND ${OWNED}`,
      );
      for (const value of values) {
        this.connection.conditionally(update.run(value.value, id, value.id, this.connection.owner).changes);
      }
      return next;
    });
  }

  /** Stores the state and what came back, whose bytes are on the disk already, in one commit. */
  storeReturned(
    id: TransactionId,
    version: number,
    state: FlowState,
    documents: readonly { readonly item: string; readonly returned: ReturnedDocument }[],
  ): number {
    return this.connection.atomically(() => {
      const next = this.storeState(id, version, state);
      const update = this.connection.database.prepare(
        `UPDATE signing_item SET returned = ?, phase = 'approved' WHERE transaction_id = ? AND item = ? AND phase = 'prepared' AND ${OWNED}`,
      );
      for (const { item, returned } of documents) {
        this.connection.conditionally(update.run(JSON.stringify(returned), id, item, this.connection.owner).changes);
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
    return this.connection.atomically(() => {
      const next = this.storeState(id, version, state);
      const { lastInsertRowid } = this.connection.database
        .prepare("INSERT INTO signing_evidence (transaction_id, evidence) VALUES (?, ?)")
        .run(id, JSON.stringify(evidence));
      const update = this.connection.database.prepare(
        `UPDATE signing_item SET evidence = ?, phase = 'approved' WHERE transaction_id = ? AND item = ? AND phase = 'prepared' AND ${OWNED}`,
      );
      for (const item of items) {
        this.connection.conditionally(update.run(lastInsertRowid, id, item, this.connection.owner).changes);
      }
      return next;
    });
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
    return this.connection.atomically(() => {
      const next = this.storeState(id, version, state);
      const update = this.connection.database.prepare(
        `UPDATE signing_item SET phase = 'pending', prepared = NULL, sent = NULL, returned = NULL, value = NULL, failure = NULL, capacity = ? WHERE transaction_id = ? AND item = ? AND phase IN ('approved', 'assembled') AND capacity IS NULL AND ${OWNED}`,
      );
      for (const { item, capacityBytes } of items) {
        this.connection.conditionally(update.run(capacityBytes, id, item, this.connection.owner).changes);
      }
      return next;
    });
  }

  /** Ends a run that is still ours: somebody else's is not over because we are. Documents that were not approved by then are failed with the same failure. */
  finish(id: TransactionId, phase: Exclude<TransactionPhase, "running">, failure: Failure | null): void {
    this.connection.atomically(() => {
      this.connection.conditionally(
        this.connection.database
          .prepare(
            "UPDATE signing_transaction SET phase = ?, failure = ?, updated = ? WHERE id = ? AND phase = 'running' AND owner = ?",
          )
          .run(phase, jsonOrNull(failure), this.connection.timestamp(), id, this.connection.owner).changes,
      );
      this.connection.database
        .prepare(
          "UPDATE signing_item SET phase = 'failed', failure = coalesce(failure, ?) WHERE transaction_id = ? AND phase IN ('pending', 'prepared')",
        )
        .run(jsonOrNull(failure), id);
    });
  }

  /**
   * Takes a run over from an instance that is gone. False when another instance was faster or still lives. `isAlive`
   * also gets the time (ISO 8601) at which the owner last wrote.
   */
  takeOver(id: TransactionId, isAlive: (processId: number, updated: string) => boolean): boolean {
    const row = this.connection.database.prepare("SELECT owner, updated FROM signing_transaction WHERE id = ?").get(id);
    const owner = row?.["owner"];
    if (typeof owner !== "number" || (owner !== this.connection.owner && isAlive(owner, String(row?.["updated"])))) {
      return false;
    }
    return (
      this.connection.database
        .prepare("UPDATE signing_transaction SET owner = ?, version = version + 1 WHERE id = ? AND owner = ?")
        .run(this.connection.owner, id, owner).changes === 1
    );
  }

  /**
   * Forgets runs that ended before this time (ISO 8601), with all that they hold of people and files. One that has an
   * approved document which is not delivered stays, however old it is.
   */
  forgetFinished(before: string): void {
    this.connection.database
      .prepare(
        `DELETE FROM signing_transaction WHERE phase <> 'running' AND updated < ?
           AND NOT EXISTS
             (SELECT 1 FROM signing_item WHERE transaction_id = id AND phase IN ('approved', 'assembled'))`,
      )
      .run(before);
  }

  /** Closing again does nothing. */
  close(): void {
    if (this.connection.database.isOpen) {
      this.connection.database.close();
    }
  }
}
