import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KeyStore } from "../../../electron/storage/vault/key-store.ts";

/** A keychain for tests that outlives a program which is killed: a file for each item. */
export function folderKeychain(folder: string): KeyStore & { readonly items: () => readonly string[] } {
  mkdirSync(folder, { recursive: true });
  const path = (item: string): string => join(folder, `item-${item}`);
  return {
    read: async (item) => (existsSync(path(item)) ? new Uint8Array(readFileSync(path(item))) : null),
    write: async (key, item) => writeFileSync(path(item), key),
    remove: async (item) => rmSync(path(item), { force: true }),
    items: () => readdirSync(folder),
  };
}
