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
      /** Where the profile leads: "sandbox", "test" or "production". Absent in entries of versions before. */
      readonly environment?: string;
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
      /** Written by a later start: the program had ended between the delivery and this entry. */
      readonly late?: true;
    }
  | {
      readonly kind: "document.failed";
      readonly run: string;
      readonly item: string;
      readonly failure: string;
      readonly late?: true;
    }
  /** Approved, and not delivered yet. */
  | { readonly kind: "document.waiting"; readonly run: string; readonly item: string; readonly failure: string }
  | {
      readonly kind: "signing.ended";
      readonly run: string;
      readonly signed: number;
      readonly failed: number;
      readonly late?: true;
    }
  | { readonly kind: "signing.failed"; readonly run: string; readonly failure: string; readonly late?: true }
  | { readonly kind: "settings.changed"; readonly settings: readonly string[] }
  /** `profile`: the name under which it is kept; null: practice. */
  | { readonly kind: "profile.saved"; readonly provider: string; readonly profile: string; readonly isNew: boolean }
  | { readonly kind: "profile.removed"; readonly provider: string; readonly profile: string }
  | { readonly kind: "profile.used"; readonly provider: string; readonly profile: string | null }
  /** From here on another key seals (its name, as in the seals): the first, or one that follows a key that is gone. */
  | { readonly kind: "trail.key"; readonly key: string }
  /** The entry that was sealed last is not in this trail (any more): entries before this one were cut off or replaced. */
  | { readonly kind: "trail.broken"; readonly sealed: number; readonly hash: string }
  /** All stored access data were sealed under a new key. */
  | { readonly kind: "vault.key-renewed"; readonly records: number }
  /** All stored access data were removed: so many records. */
  | { readonly kind: "vault.emptied"; readonly records: number }
  /** What could not be opened any more was set aside. */
  | { readonly kind: "vault.started-afresh"; readonly reason: string };

/** About one signing run. */
export type RunEvent = Extract<AuditEvent, { readonly run: string }>;

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
