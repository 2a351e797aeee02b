import type { Failure } from "./failure.ts";
import type { ProviderId, Sha256Hex, TransactionId } from "./ids.ts";
import type { EnvironmentKind } from "./profiles.ts";
import type { PadesLevel } from "./verification.ts";

/** What became of a document, as one chooses from it. */
export const HISTORY_OUTCOMES = ["signed", "not-signed", "unfinished"] as const;
export type HistoryOutcome = (typeof HISTORY_OUTCOMES)[number];

/** One document of a signing run, as the audit trail tells it; the journal adds what it still knows. */
export interface HistoryDocument {
  readonly run: TransactionId;
  readonly item: string;
  /** ISO 8601: when it was begun. */
  readonly started: string;
  /** ISO 8601: what was last written about it. */
  readonly time: string;
  /** File name; null: the journal has forgotten the run. */
  readonly name: string | null;
  readonly source: Sha256Hex | null;
  readonly result: Sha256Hex | null;
  /** Null: a provider that this version does not know. */
  readonly provider: ProviderId | null;
  readonly profile: string | null;
  /** Null: entries of earlier versions do not say. */
  readonly environment: EnvironmentKind | null;
  /** What was ordered, and what was reached. */
  readonly wanted: PadesLevel | null;
  readonly level: PadesLevel | null;
  readonly outcome: HistoryOutcome;
  readonly state: HistoryState;
  readonly failure: Failure | null;
  /** The failure still has all that fills its sentences. */
  readonly isFailureWhole: boolean;
  /** Our own; null: none was made, or by a version that did not keep it. */
  readonly verdict: string | null;
  /** The entry was written by a later start of the program. */
  readonly late: boolean;
  /** The result is known by its place and can be opened. */
  readonly canOpen: boolean;
}

/**
 * - `delivered`, `failed`: over;
 * - `running`: this program is at it, its dialog can be shown;
 * - `waiting`: approved, not delivered; it can be gone on with;
 * - `interrupted`: in the journal, and nobody is at it; it can be gone on with;
 * - `unknown`: the trail has no end of it, and the journal has forgotten it or is another program's.
 */
export type HistoryState = "delivered" | "failed" | "running" | "waiting" | "interrupted" | "unknown";

/** What was done beside signing. `facts` are names of settings, providers and profiles, and numbers of entries. */
export interface HistoryEvent {
  readonly seq: number;
  readonly time: string;
  readonly kind: HistoryEventKind;
  readonly facts: Readonly<Record<string, string | number>>;
}

export const HISTORY_EVENT_KINDS = [
  "settings.changed",
  "profile.added",
  "profile.changed",
  "profile.removed",
  "profile.used",
  "profile.practice",
  "vault.key-renewed",
  "vault.emptied",
  "vault.started-afresh",
  "trail.key",
  "trail.broken",
  /** Of a newer version, or made unreadable by somebody. */
  "other",
] as const;
export type HistoryEventKind = (typeof HISTORY_EVENT_KINDS)[number];

export interface HistoryPage<Row> {
  /** How many there are with these filters. */
  readonly total: number;
  readonly rows: readonly Row[];
}

/** What the history knows of one file that is open. */
export interface HistoryOfDocument {
  /** Null: it cannot be read now. */
  readonly sha256: Sha256Hex | null;
  /** Signings of which it is the original or the result, the newest first. */
  readonly rows: readonly HistoryDocument[];
}

/** What an export would hold. */
export interface TrailFacts {
  readonly entries: number;
  readonly seals: number;
  /** ISO 8601. */
  readonly first: string | null;
  readonly last: string | null;
}

/** Whether the trail is as it was written. */
export interface TrailCheck {
  readonly entries: number;
  readonly problem: { readonly code: TrailProblem; readonly seq: number } | null;
  /** The last entry that a seal under this computer's key covers; 0: none. */
  readonly sealedTo: number;
  /**
   * - `checked`: with the key of this computer's keychain;
   * - `none`: nothing is sealed yet;
   * - `no-key`: the keychain is locked or not there, or the key is gone.
   */
  readonly seals: "checked" | "none" | "no-key";
  /** Seals that were not checked. */
  readonly uncheckedSeals: number;
  /** Entries before which sealed ones were cut off or replaced. */
  readonly breaks: readonly number[];
}

export type TrailProblem =
  | "changed"
  | "gap"
  | "broken-chain"
  | "false-seal"
  | "seal-without-entry"
  | "cut-off"
  | "not-the-sealed";

/** A working file beside a result that belongs to no run any more. */
export interface LeftOverFile {
  /** Opaque; good until the next listing. */
  readonly id: string;
  readonly name: string;
  /** Last part only. */
  readonly folder: string;
  /** Bytes. */
  readonly size: number;
  /** ISO 8601. */
  readonly changed: string;
  /** It may hold a signature that somebody approved: the program never removes it. */
  readonly maybeSigned: boolean;
}
