import type { BankIdSigning } from "../providers/provider.ts";
import type { TransactionId } from "../../shared/ids.ts";
import type { JournalConnection } from "./journal-connection.ts";
import type { ItemRecord, TransactionRecord } from "./journal-record.ts";
import { evidenceFrom, itemFrom, transactionFrom } from "./journal-rows.ts";

/** What can be asked of the journal. */
export class JournalReads {
  protected readonly connection: JournalConnection;

  constructor(connection: JournalConnection) {
    this.connection = connection;
  }

  transaction(id: TransactionId): TransactionRecord | null {
    const row = this.connection.database.prepare("SELECT * FROM signing_transaction WHERE id = ?").get(id);
    return row === undefined ? null : transactionFrom(row);
  }

  /** All that are kept, oldest first. */
  transactions(): readonly TransactionRecord[] {
    return this.connection.database
      .prepare("SELECT * FROM signing_transaction ORDER BY rowid")
      .all()
      .map(transactionFrom);
  }

  items(id: TransactionId): readonly ItemRecord[] {
    return this.connection.database
      .prepare("SELECT * FROM signing_item WHERE transaction_id = ? ORDER BY CAST(item AS INTEGER)")
      .all(id)
      .map(itemFrom);
  }

  item(id: TransactionId, item: string): ItemRecord | null {
    const row = this.connection.database
      .prepare("SELECT * FROM signing_item WHERE transaction_id = ? AND item = ?")
      .get(id, item);
    return row === undefined ? null : itemFrom(row);
  }

  /** Where documents of all runs are, or were, written before they are delivered; each once. */
  stagedPaths(): readonly string[] {
    return this.connection.database
      .prepare("SELECT DISTINCT staged_path FROM signing_item")
      .all()
      .map((row) => String(row["staged_path"]));
  }

  /** File names of all documents, by "run item". */
  names(): ReadonlyMap<string, string> {
    const rows = this.connection.database
      .prepare("SELECT transaction_id, item, json_extract(record, '$.name') AS name FROM signing_item")
      .all();
    return new Map(rows.map((row) => [`${String(row["transaction_id"])} ${String(row["item"])}`, String(row["name"])]));
  }

  /** Runs that were not finished, and finished ones with an approved document that is not delivered yet. Oldest first. */
  unfinished(): readonly TransactionRecord[] {
    return this.connection.database
      .prepare(
        `SELECT * FROM signing_transaction AS t WHERE phase = 'running'
           OR EXISTS (SELECT 1 FROM signing_item WHERE transaction_id = t.id AND phase IN ('approved', 'assembled'))
         ORDER BY rowid`,
      )
      .all()
      .map(transactionFrom);
  }

  /** What `ItemRecord.evidence` stands for; null: there is none. */
  evidence(id: number): BankIdSigning | null {
    const row = this.connection.database.prepare("SELECT evidence FROM signing_evidence WHERE id = ?").get(id);
    return row === undefined ? null : evidenceFrom(row);
  }
}
