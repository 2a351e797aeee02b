import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { onTestFinished } from "vitest";
import type { KeyStore } from "../../../../electron/storage/vault/key-store.ts";
import { openVault } from "../../../../electron/storage/vault/open-vault.ts";
import type { OpenedVault } from "../../../../electron/storage/vault/open-vault.ts";
import { vaultFile } from "../../../../electron/storage/vault/vault-file.ts";

export const NOON = Date.UTC(2026, 10, 28, 12);

/** A folder with a vault's file, for as long as the test runs. */
export class VaultFolder {
  readonly folder = mkdtempSync(join(tmpdir(), "sealdesk-vault-"));
  readonly path = join(this.folder, "vault.db");
  time = NOON;

  constructor() {
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  async open(keyStore: KeyStore): Promise<OpenedVault & { readonly close: () => void }> {
    const file = vaultFile(this.path, () => this.time);
    onTestFinished(() => file.close());
    const vault = await openVault({ file, keyStore, now: () => this.time });
    return Object.assign(vault, { close: () => file.close() });
  }

  /** Opens a second connection for one statement, as somebody who can write the file. */
  run(sql: string): readonly unknown[] {
    const database = new DatabaseSync(this.path);
    try {
      return database.prepare(sql).all();
    } finally {
      database.close();
    }
  }

  names(): readonly string[] {
    return readdirSync(this.folder).toSorted();
  }

  /** Every byte of every file of the folder. */
  bytes(): Buffer {
    return Buffer.concat(this.names().map((name) => readFileSync(join(this.folder, name))));
  }
}

export const text = (value: string): Uint8Array => new TextEncoder().encode(value);
export const readText = (secret: Uint8Array): Promise<string> => Promise.resolve(new TextDecoder().decode(secret));
