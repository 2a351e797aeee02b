/** Holds the one key that seals all records. The real one is the system's keychain. */
export interface KeyStore {
  /** Null when no key has been stored. Rejects when the keychain is absent or locked. */
  read(): Promise<Uint8Array | null>;
  write(key: Uint8Array): Promise<void>;
}

/** Bytes of an AES-256 key. */
export const KEY_BYTES = 32;
