import type { ProviderId } from "./ids.ts";

/**
 * "opening": the keychain has not answered yet; "locked": it is there and was not opened; "missing": nothing answers as a
 * keychain; "key-lost": it no longer has the key of what is stored; "damaged": what is stored cannot be read.
 */
export const VAULT_STATES = ["opening", "usable", "locked", "missing", "key-lost", "damaged"] as const;
export type VaultState = (typeof VAULT_STATES)[number];

/** What the window may know of the vault. SECURITY: numbers and names of profiles, nothing of a secret. */
export interface VaultView {
  readonly state: VaultState;
  /** Secrets that are stored, whether they can be opened now or not; the audit trail's own key is none. */
  readonly stored: number;
  /** Secrets that are gone when the program ends. */
  readonly session: number;
  /** Profiles whose secrets have to be filled in again. */
  readonly needing: readonly NeedingProfile[];
}

export interface NeedingProfile {
  readonly provider: ProviderId;
  readonly name: string;
  /** Runs that are not finished and wait for its secrets. */
  readonly runs: number;
}

export const VAULT_OPENING: VaultView = { state: "opening", stored: 0, session: 0, needing: [] };

export interface KeyChangeAnswer {
  /** Secrets that are stored now. */
  readonly records: number;
  /** False: what was to be removed is not yet gone everywhere; the next start goes on with it. */
  readonly complete: boolean;
}
