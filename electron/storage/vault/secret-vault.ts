import type { Failure } from "../../../shared/failure.ts";
import type { Result } from "../../../shared/result.ts";

/**
 * Where credentials lie. There is no "get": `use` lends the bytes to a callback and overwrites them afterwards, so that
 * a secret lives in main for the length of one call.
 */
export interface SecretVault {
  /** "session-only": there is no usable keychain; secrets are kept in memory and gone when the program ends. */
  state(): "available" | "session-only";
  has(id: string): boolean;
  /** Of all secrets that are kept, whether they can be opened now or not. */
  ids(): readonly string[];
  /** Keeps a copy; the caller still owns (and should overwrite) its own bytes. Says how long the secret will live. */
  put(id: string, secret: Uint8Array): Promise<"stored" | "session-only">;
  /**
   * Lends the secret for the time of the callback. Fails with `provider.no-credentials` when there is none, and with
   * `app.keychain-unavailable` when it is there but cannot be opened now.
   */
  use<T>(id: string, borrow: (secret: Uint8Array) => Promise<T>): Promise<Result<T, Failure>>;
  /** No complaint when there is none. */
  remove(id: string): Promise<void>;
}
