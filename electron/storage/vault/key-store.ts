/**
 * Holds the keys that seal the records, each under a name of its own ("item"). The real one is the system's keychain.
 * All calls reject with `KeychainAway` when the keychain cannot be asked.
 */
export interface KeyStore {
  /** Null when there is no key of this name. */
  read(item: string): Promise<Uint8Array | null>;
  write(key: Uint8Array, item: string): Promise<void>;
  /** No complaint when there is none. */
  remove(item: string): Promise<void>;
}

/** Bytes of an AES-256 key. */
export const KEY_BYTES = 32;

/** "locked": it is there, and the person has not opened it. "missing": nothing answers as a keychain. */
export class KeychainAway extends Error {
  override readonly name = "KeychainAway";
  readonly reason: "locked" | "missing";

  constructor(reason: "locked" | "missing") {
    super(`the keychain is ${reason}`);
    this.reason = reason;
  }
}
