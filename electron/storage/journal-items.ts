import type { PreparedSignature } from "../pades/prepared-signature.ts";
import type { Failure } from "../../shared/failure.ts";
import type { Sha256Hex, TransactionId } from "../../shared/ids.ts";
import { OWNED } from "./journal-connection.ts";
import { JournalReads } from "./journal-reads.ts";
import type { DeliveredOutcome, SentDocument } from "./journal-record.ts";
import { jsonOrNull } from "./journal-rows.ts";

/** The steps of single documents. Each names the phases that it may follow, and the owner. */
export class JournalItems extends JournalReads {
  storePrepared(id: TransactionId, item: string, prepared: PreparedSignature): void {
    this.connection.conditionally(
      this.connection.database
        .prepare(
          `UPDATE signing_item SET prepared = ?, phase = 'prepared', failure = NULL WHERE transaction_id = ? AND item = ? AND phase IN ('pending', 'prepared') AND ${OWNED}`,
        )
        .run(JSON.stringify(prepared), id, item, this.connection.owner).changes,
    );
  }

  /** Which bytes go out, before they do. */
  storeSent(id: TransactionId, item: string, sent: SentDocument): void {
    this.connection.conditionally(
      this.connection.database
        .prepare(
          `UPDATE signing_item SET sent = ?, phase = 'prepared', failure = NULL WHERE transaction_id = ? AND item = ? AND phase IN ('pending', 'prepared') AND ${OWNED}`,
        )
        .run(JSON.stringify(sent), id, item, this.connection.owner).changes,
    );
  }

  /** As `storeAssembled`, with the seal in the staged file; null: it is a package of evidence, which has none. */
  storeEvidenceAssembled(id: TransactionId, item: string, seal: PreparedSignature | null): void {
    this.connection.conditionally(
      this.connection.database
        .prepare(
          `UPDATE signing_item SET phase = 'assembled', prepared = ?, failure = NULL WHERE transaction_id = ? AND item = ? AND evidence IS NOT NULL AND phase IN ('approved', 'assembled') AND ${OWNED}`,
        )
        .run(jsonOrNull(seal), id, item, this.connection.owner).changes,
    );
  }

  storeAssembled(id: TransactionId, item: string): void {
    this.connection.conditionally(
      this.connection.database
        .prepare(
          `UPDATE signing_item SET phase = 'assembled', failure = NULL WHERE transaction_id = ? AND item = ? AND phase IN ('approved', 'assembled') AND ${OWNED}`,
        )
        .run(id, item, this.connection.owner).changes,
    );
  }

  /**
   * Written before the rename, so that a crash between the two can be told from a file that was never delivered.
   *
   * @param sha256 of the file that gets the name
   */
  storeOutputPath(id: TransactionId, item: string, outputPath: string, sha256: Sha256Hex): void {
    this.connection.conditionally(
      this.connection.database
        .prepare(
          `UPDATE signing_item SET output_path = ?, result_sha256 = ? WHERE transaction_id = ? AND item = ? AND phase = 'assembled' AND ${OWNED}`,
        )
        .run(outputPath, sha256, id, item, this.connection.owner).changes,
    );
  }

  storeDelivered(id: TransactionId, item: string, outcome: DeliveredOutcome): void {
    this.connection.conditionally(
      this.connection.database
        .prepare(
          `UPDATE signing_item SET phase = 'delivered', outcome = ?, failure = NULL WHERE transaction_id = ? AND item = ? AND phase = 'assembled' AND ${OWNED}`,
        )
        .run(JSON.stringify(outcome), id, item, this.connection.owner).changes,
    );
  }

  /** A document that fails before its approval is finished with; one that was approved keeps its place and is tried again. */
  storeItemFailure(id: TransactionId, item: string, failure: Failure): void {
    this.connection.database
      .prepare(
        `UPDATE signing_item SET failure = ?, phase = CASE WHEN phase IN ('pending', 'prepared') THEN 'failed' ELSE phase END WHERE transaction_id = ? AND item = ? AND phase <> 'delivered' AND ${OWNED}`,
      )
      .run(JSON.stringify(failure), id, item, this.connection.owner);
  }

  /** Ends an approved document that can never be delivered: its value fits nothing that is still there. */
  giveUp(id: TransactionId, item: string, failure: Failure): void {
    this.connection.conditionally(
      this.connection.database
        .prepare(
          `UPDATE signing_item SET failure = ?, phase = 'failed' WHERE transaction_id = ? AND item = ? AND phase IN ('approved', 'assembled') AND ${OWNED}`,
        )
        .run(JSON.stringify(failure), id, item, this.connection.owner).changes,
    );
  }
}
