import type { AsyncEntry } from "@napi-rs/keyring";
import { KeychainAway } from "./key-store.ts";
import type { KeyStore } from "./key-store.ts";

/**
 * The system's keychain: Keychain on macOS, Credential Manager on Windows, Secret Service on Linux. One item (two while
 * the key is renewed), so that macOS asks once and the 2,560 bytes that Windows allows for a value never matter.
 *
 * @param account begins the items' account names; the item "" has it alone
 */
export function keychainKeyStore(service: string, account: string): KeyStore {
  const open = async (item: string): Promise<AsyncEntry> => {
    // Loaded when needed: a computer without the native binary still has a session-only vault.
    const { AsyncEntry: Entry } = await import("@napi-rs/keyring");
    // SECURITY: without the pin, Linux falls back silently to the kernel keyring, which forgets at the next boot.
    return new Entry(service, item === "" ? account : `${account} ${item}`, { linux: { store: "secret-service" } });
  };
  const asking = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw new KeychainAway(reasonOf(error));
    }
  };
  return {
    read: (item) =>
      asking(async () => {
        const secret = await (await open(item)).getSecret();
        if (secret === null || secret === undefined) {
          return null;
        }
        const key = Uint8Array.from(secret);
        if (Array.isArray(secret)) {
          secret.fill(0);
        }
        return key;
      }),
    write: (key, item) => asking(async () => (await open(item)).setSecret(key)),
    remove: (item) =>
      asking(async () => {
        await (await open(item)).deleteCredential();
      }),
  };
}

/**
 * keyring-rs tells by its first words whether the storage exists and refuses ("Couldn't access platform storage": locked,
 * or a prompt that was dismissed) or cannot be reached at all ("Platform failure").
 */
function reasonOf(error: unknown): "locked" | "missing" {
  return error instanceof Error && error.message.startsWith("Couldn't access platform") ? "locked" : "missing";
}
