import type { PreparedSignature } from "../pades/prepared-signature.ts";
import type { BankIdSigning, FlowState } from "../providers/provider.ts";
import type { Failure } from "../../shared/failure.ts";
import { sha256Hex } from "../../shared/ids.ts";
import type { TransactionId } from "../../shared/ids.ts";
import type {
  DeliveredOutcome,
  ItemRecord,
  ReturnedDocument,
  SentDocument,
  TransactionPhase,
  TransactionRecord,
} from "./journal-record.ts";

export type FixedTransaction = Omit<TransactionRecord, "id" | "phase" | "version" | "state" | "failure" | "updated">;
export type FixedItem = Omit<
  ItemRecord,
  | "transaction"
  | "item"
  | "phase"
  | "prepared"
  | "sent"
  | "returned"
  | "evidence"
  | "value"
  | "capacityBytes"
  | "stagedPath"
  | "outputPath"
  | "failure"
  | "resultSha256"
  | "outcome"
>;

export function jsonOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

type Row = Readonly<Record<string, unknown>>;

/** Our own rows, written above; a row that does not parse is a bug or a damaged database. */
function parsed(row: Row, column: string): unknown {
  const text = row[column];
  return typeof text === "string" ? JSON.parse(text) : null;
}

export function transactionFrom(row: Row): TransactionRecord {
  return {
    ...(parsed(row, "record") as FixedTransaction),
    id: String(row["id"]) as TransactionId,
    phase: String(row["phase"]) as TransactionPhase,
    version: Number(row["version"]),
    state: parsed(row, "state") as FlowState,
    failure: parsed(row, "failure") as Failure | null,
    updated: String(row["updated"]),
  };
}

export function itemFrom(row: Row): ItemRecord {
  return {
    ...(parsed(row, "record") as FixedItem),
    transaction: String(row["transaction_id"]) as TransactionId,
    item: String(row["item"]),
    phase: String(row["phase"]) as ItemRecord["phase"],
    prepared: parsed(row, "prepared") as PreparedSignature | null,
    sent: parsed(row, "sent") as SentDocument | null,
    returned: parsed(row, "returned") as ReturnedDocument | null,
    evidence: row["evidence"] === null ? null : Number(row["evidence"]),
    value: typeof row["value"] === "string" ? row["value"] : null,
    capacityBytes: row["capacity"] === null ? null : Number(row["capacity"]),
    stagedPath: String(row["staged_path"]),
    outputPath: String(row["output_path"]),
    failure: parsed(row, "failure") as Failure | null,
    resultSha256: typeof row["result_sha256"] === "string" ? sha256Hex(row["result_sha256"]) : null,
    outcome: parsed(row, "outcome") as DeliveredOutcome | null,
  };
}

export const evidenceFrom = (row: Row): BankIdSigning => parsed(row, "evidence") as BankIdSigning;
