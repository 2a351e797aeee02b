import type { AsyncEntry } from "@napi-rs/keyring";
import type { KeyStore } from "./key-store.ts";

/**
 * The system's keychain: Keychain on macOS, Credential Manager on Windows, Secret Service on Linux. One item only, so
 * that macOS asks once and the 2,560 bytes that Windows allows for a value never matter.
 */
export function keychainKeyStore(service: string, account: string): KeyStore {
  const open = async (): Promise<AsyncEntry> => {
    // Loaded when needed: a computer without the native binary still has a session-only vault.
    const { AsyncEntry: Entry } = await import("@napi-rs/keyring");
    // SECURITY: without the pin, Linux falls back silently to the kernel keyring, which forgets at the next boot.
    return new Entry(service, account, { linux: { store: "secret-service" } });
  };
  return {
    async read() {
      const secret = await (await open()).getSecret();
      if (secret === null || secret === undefined) {
        return null;
      }
      const key = Uint8Array.from(secret);
      if (Array.isArray(secret)) {
        secret.fill(0);
      }
      return key;
    },
    async write(key) {
      await (await open()).setSecret(key);
    },
  };
}
