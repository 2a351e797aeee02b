import { createHash } from "node:crypto";

/**
 * What happened, as the audit trail keeps it: digests and never contents, no names of people, files or folders. `run` is
 * the signing transaction's id; digests are SHA-256 of whole files in lower-case hexadecimal.
 */
export type AuditEvent =
  | {
      readonly kind: "signing.started";
      readonly run: string;
      readonly provider: string;
      readonly profile: string;
      readonly level: string;
      readonly documents: readonly { readonly item: string; readonly sha256: string; readonly size: number }[];
    }
  | { readonly kind: "signing.resumed"; readonly run: string }
  | {
      readonly kind: "document.delivered";
      readonly run: string;
      readonly item: string;
      readonly source: string;
      /** Null: the result could not be read again. */
      readonly result: string | null;
      /** Null: the result is not signed itself (evidence in a package beside it). */
      readonly level: string | null;
      readonly verdict: string | null;
    }
  | { readonly kind: "document.failed"; readonly run: string; readonly item: string; readonly failure: string }
  /** Approved, and not delivered yet. */
  | { readonly kind: "document.waiting"; readonly run: string; readonly item: string; readonly failure: string }
  | { readonly kind: "signing.ended"; readonly run: string; readonly signed: number; readonly failed: number }
  | { readonly kind: "signing.failed"; readonly run: string; readonly failure: string }
  | { readonly kind: "settings.changed"; readonly settings: readonly string[] }
  /** All stored access data were sealed under a new key. */
  | { readonly kind: "vault.key-renewed"; readonly records: number }
  /** All stored access data were removed. */
  | { readonly kind: "vault.emptied"; readonly records: number }
  /** What could not be opened any more was set aside. */
  | { readonly kind: "vault.started-afresh"; readonly reason: string };

export interface AuditEntry {
  /** From 1, without a gap. */
  readonly seq: number;
  /** ISO 8601 in UTC, by this computer's clock. */
  readonly time: string;
  readonly kind: string;
  /** JSON, kept as it was written. */
  readonly body: string;
  /** Hash of the entry before, 64 zeros for the first. */
  readonly previous: string;
  /** SHA-256 over all the other members. */
  readonly hash: string;
}

/** A keyed hash of one entry's hash; by the chain it covers all entries before it, too. */
export interface AuditSeal {
  readonly seq: number;
  /** Says which key it was made with, and nothing else about the key. */
  readonly key: string;
  /** HMAC-SHA-256, hexadecimal. */
  readonly mac: string;
}

export const NO_ENTRY = "0".repeat(64);

/** An array of strings and a number has one spelling in JSON, so nothing can be moved from one member to the next. */
export function entryHash({ seq, time, kind, body, previous }: Omit<AuditEntry, "hash">): string {
  return createHash("sha256")
    .update(JSON.stringify([1, seq, time, kind, body, previous]))
    .digest("hex");
}
