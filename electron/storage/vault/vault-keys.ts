import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { KEY_BYTES, KeychainAway } from "./key-store.ts";
import type { KeyStore } from "./key-store.ts";
import { openRecord, sealRecord } from "./sealed-record.ts";
import type { KeyMark, SealedRecords } from "./sealed-records.ts";
import type { VaultProblem } from "./secret-vault.ts";
import type { VaultFile } from "./vault-file.ts";

/** A key at hand. Whoever gets it overwrites it. */
export interface FoundKey {
  readonly item: string;
  readonly key: Uint8Array;
}

export interface KeyChange {
  /** Records that are there afterwards. */
  readonly records: number;
  /** False: the old key is still in the keychain, or old bytes in the file; the next start tries again. */
  readonly complete: boolean;
}

/** Another program changes the key at the same time; it does so once. */
const ATTEMPTS = 4;

/** Why a key was not changed. "overtaken": others have changed it each time, and it is theirs by now. */
export type KeyProblem = VaultProblem | "overtaken";
const ITEM_BYTES = 8;

/** The key of a vault: found, made, changed. Every step leaves either the old key whole or the new one. */
export class VaultKeys {
  readonly #file: VaultFile;
  readonly #keyStore: KeyStore;
  #last: Promise<unknown> = Promise.resolve();

  constructor(file: VaultFile, keyStore: KeyStore) {
    this.#file = file;
    this.#keyStore = keyStore;
  }

  /** The key that the records are sealed under; one is made where there is nothing that another one has sealed. */
  find(): Promise<FoundKey | VaultProblem> {
    return this.#find((make) => this.#inTurn(make));
  }

  /** `making`: makes a key when nobody else does, unless whoever asks has its turn already. */
  async #find(making: (make: () => Promise<void>) => Promise<void>): Promise<FoundKey | VaultProblem> {
    const records = this.#file.records();
    if (records === null) {
      return "damaged";
    }
    try {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const mark = records.key();
        const key = mark === null ? null : await this.#asked(() => this.#keyStore.read(mark.item));
        if (records.key()?.item !== mark?.item) {
          key?.fill(0);
          continue;
        }
        if (mark !== null && key !== null && fits(records, mark, key)) {
          return { item: mark.item, key };
        }
        key?.fill(0);
        if (records.ids().length > 0) {
          // SECURITY: a new key here would make every stored credential unreadable for good, perhaps only because the
          // keychain of another user or a locked collection answered.
          return "key-lost";
        }
        await making(() => this.#make(records, mark));
      }
      return "missing";
    } catch (error) {
      return error instanceof KeychainAway ? error.reason : "damaged";
    }
  }

  /**
   * Seals everything under a new key and forgets the old one; with `dropped`, what it names is removed instead. Whatever
   * happens in between, the keychain has the key that the file's records are sealed under.
   */
  change(dropped: (id: string) => boolean = () => false): Promise<KeyChange | KeyProblem> {
    return this.#inTurn(async () => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const change = await this.#changeOnce(dropped);
        if (change !== "overtaken") {
          return change;
        }
      }
      return "overtaken";
    });
  }

  async #changeOnce(dropped: (id: string) => boolean): Promise<KeyChange | KeyProblem> {
    const old = await this.#find((make) => make());
    const records = this.#file.records();
    if (typeof old === "string" || records === null) {
      return typeof old === "string" ? old : "damaged";
    }
    try {
      const isEmptied = records.ids().every(dropped);
      const to = isEmptied ? null : await this.#plan(records);
      const isChanged = records.changeKey(old.item, to?.mark ?? null, resealing(old.key, to?.key), dropped);
      to?.key.fill(0);
      if (!isChanged) {
        return "overtaken";
      }
      const isScrubbed = scrubbed(records);
      return { records: records.ids().length, complete: (await this.tidy()) && isScrubbed };
    } catch (error) {
      if (!(error instanceof KeychainAway)) {
        throw error;
      }
      // Whoever changes the key tidies up, too: a new one that nothing was sealed under yet is gone with that.
      const isOvertaken = error.reason === "missing" && records.key()?.item !== old.item;
      return isOvertaken ? "overtaken" : error.reason;
    } finally {
      old.key.fill(0);
    }
  }

  /** Takes keys out of the keychain that a change, or the end of a program, has left over. False: some are still there. */
  async tidy(): Promise<boolean> {
    const records = this.#file.records();
    for (const item of records?.unneededKeys() ?? []) {
      try {
        await this.#keyStore.remove(item);
      } catch {
        return false;
      }
      records?.forgetKey(item);
    }
    return true;
  }

  async #make(records: SealedRecords, before: KeyMark | null): Promise<void> {
    if (records.key()?.item !== before?.item || records.ids().length > 0) {
      return;
    }
    const { mark, key } = await this.#plan(records);
    key.fill(0);
    if (records.ids().length === 0) {
      records.changeKey(before?.item ?? null, mark, () => null);
    }
    await this.tidy();
  }

  /** A new key in the keychain, which no record is sealed under yet. */
  async #plan(records: SealedRecords): Promise<{ readonly mark: KeyMark; readonly key: Uint8Array }> {
    const item = randomBytes(ITEM_BYTES).toString("hex");
    const key = new Uint8Array(randomBytes(KEY_BYTES));
    records.planKey(item);
    await this.#asked(() => this.#keyStore.write(key, item));
    // Read back: some stores take a value and keep nothing.
    const stored = await this.#asked(() => this.#keyStore.read(item));
    const isKept = stored !== null && stored.length === KEY_BYTES && timingSafeEqual(stored, key);
    stored?.fill(0);
    if (!isKept) {
      key.fill(0);
      throw new KeychainAway("missing");
    }
    return { mark: { item, fingerprint: fingerprintOf(key) }, key };
  }

  async #asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof KeychainAway ? error : new KeychainAway("missing");
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Says nothing about the key: it has 256 random bits. */
function fingerprintOf(key: Uint8Array): string {
  return createHash("sha256").update("sealdesk vault key\0").update(key).digest("hex").slice(0, 32);
}

function fits(records: SealedRecords, mark: KeyMark, key: Uint8Array): boolean {
  if (key.length !== KEY_BYTES) {
    return false;
  }
  const fingerprint = fingerprintOf(key);
  if (mark.fingerprint !== null) {
    return mark.fingerprint === fingerprint;
  }
  const ids = records.ids();
  const isOwn = ids.length === 0 || ids.some((id) => opens(records, id, key));
  if (isOwn) {
    records.nameKey({ item: mark.item, fingerprint });
  }
  return isOwn;
}

function opens(records: SealedRecords, id: string, key: Uint8Array): boolean {
  const record = records.get(id);
  const secret = record === null ? null : openRecord(key, id, record);
  secret?.fill(0);
  return secret !== null;
}

/** What the old key does not open stays as it is: it could not be read before, either. */
function resealing(old: Uint8Array, next: Uint8Array | undefined): Parameters<SealedRecords["changeKey"]>[2] {
  return (id, record) => {
    const secret = next === undefined ? null : openRecord(old, id, record);
    if (secret === null || next === undefined) {
      return null;
    }
    const sealed = sealRecord(next, id, secret);
    secret.fill(0);
    return sealed;
  };
}

function scrubbed(records: SealedRecords): boolean {
  try {
    records.scrub();
    return true;
  } catch {
    // A disk that is full, somebody who reads: the change itself is done.
    return false;
  }
}
