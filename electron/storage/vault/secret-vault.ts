import type { Failure } from "../../../shared/failure.ts";
import type { Result } from "../../../shared/result.ts";

/**
 * Why secrets cannot be kept or opened now. "locked", "missing": the keychain; "key-lost": it answers, and has not (any
 * more) the key that the records were sealed with; "damaged": their file cannot be read.
 */
export type VaultProblem = "locked" | "missing" | "key-lost" | "damaged";

/** How a secret is kept. "session": until the program ends; "lost": sealed under a key that is gone. */
export type Standing = "stored" | "session" | "lost" | "none";

/**
 * Where credentials lie. There is no "get": `use` lends the bytes to a callback and overwrites them afterwards, so that
 * a secret lives in main for the length of one call.
 */
export interface SecretVault {
  /** "session-only": what is put now is kept in memory and gone when the program ends. */
  state(): "available" | "session-only";
  /** As it was found when the keychain was last asked; null: none. */
  problem(): VaultProblem | null;
  has(id: string): boolean;
  standing(id: string): Standing;
  /** Of all secrets that are kept, whether they can be opened now or not. */
  ids(): readonly string[];
  /** Keeps a copy; the caller still owns (and should overwrite) its own bytes. Says how long the secret will live. */
  put(id: string, secret: Uint8Array): Promise<"stored" | "session-only">;
  /**
   * Lends the secret for the time of the callback. Fails with `provider.no-credentials` when there is none, and with the
   * vault's problem when it is there but cannot be opened now.
   */
  use<T>(id: string, borrow: (secret: Uint8Array) => Promise<T>): Promise<Result<T, Failure>>;
  /** No complaint when there is none. */
  remove(id: string): Promise<void>;
}
