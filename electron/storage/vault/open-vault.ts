import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { KeyStore } from "./key-store.ts";
import { lend } from "./lend.ts";
import { memoryVault } from "./memory-vault.ts";
import { openRecord, sealRecord } from "./sealed-record.ts";
import type { SecretVault, Standing, VaultProblem } from "./secret-vault.ts";
import type { VaultFile } from "./vault-file.ts";
import { VaultKeys } from "./vault-keys.ts";
import type { FoundKey, KeyChange, KeyProblem } from "./vault-keys.ts";

const FAILURES: Readonly<Record<VaultProblem, Failure["code"]>> = {
  locked: "app.keychain-locked",
  missing: "app.keychain-unavailable",
  "key-lost": "vault.key-lost",
  damaged: "vault.damaged",
};
/** The key changes between two steps at most once or twice. */
const ATTEMPTS = 4;
/**
 * Each question may open the system's window for the password. Whoever has closed it is asked again when they choose to,
 * or when something has waited that long.
 */
const ASK_AGAIN_MILLISECONDS = 60_000;

export interface OpenedVault extends SecretVault {
  /** Asks the keychain again. What was kept for the session meanwhile is sealed and stored when it answers. */
  retry(): Promise<VaultProblem | null>;
  /** A new key for all records; the old one is gone afterwards. */
  renewKey(): Promise<Result<KeyChange, Failure>>;
  /** Removes all secrets but those that `stays` names, and the key they were sealed with. */
  removeAll(stays: (id: string) => boolean): Promise<Result<KeyChange, Failure>>;
  /**
   * Only with "key-lost" and "damaged": moves the file with its records out of the way and begins anew. Returns the name
   * that the old file has now.
   */
  startAfresh(): Promise<Result<string, Failure>>;
  /** Calls when `problem` has changed. */
  watch(listener: () => void): void;
}

/**
 * An envelope: one random key in the system's keychain, and records sealed with it in a file of their own. Never falls
 * back to plain text: without a keychain, secrets live as long as the program. Resolves when the keychain has answered.
 */
export async function openVault(parts: {
  readonly file: VaultFile;
  readonly keyStore: KeyStore;
  readonly now: () => number;
}): Promise<OpenedVault> {
  const vault = new EnvelopeVault(parts.file, new VaultKeys(parts.file, parts.keyStore), parts.now);
  await vault.retry();
  return vault;
}

class EnvelopeVault implements OpenedVault {
  readonly #file: VaultFile;
  readonly #keys: VaultKeys;
  readonly #session = memoryVault();
  readonly #listeners: (() => void)[] = [];
  readonly #now: () => number;
  #problem: VaultProblem | null = "missing";
  #refusedAt = Number.NEGATIVE_INFINITY;

  constructor(file: VaultFile, keys: VaultKeys, now: () => number) {
    this.#file = file;
    this.#keys = keys;
    this.#now = now;
  }

  state(): "available" | "session-only" {
    return this.#problem === null ? "available" : "session-only";
  }

  problem(): VaultProblem | null {
    return this.#problem;
  }

  has(id: string): boolean {
    return this.standing(id) !== "none";
  }

  standing(id: string): Standing {
    if (this.#session.has(id)) {
      return "session";
    }
    const isThere = this.#reading((records) => records.has(id)) ?? false;
    return isThere ? (this.#problem === "key-lost" || this.#problem === "damaged" ? "lost" : "stored") : "none";
  }

  ids(): readonly string[] {
    return [...new Set([...this.#session.ids(), ...(this.#reading((records) => records.ids()) ?? [])])];
  }

  async put(id: string, secret: Uint8Array): Promise<"stored" | "session-only"> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      // Fetched for each use, so that locking the keychain locks the vault.
      const found = await this.#find();
      const records = this.#file.records();
      if (found === null || records === null) {
        break;
      }
      const isStored = await lend(found.key, async (key) => records.set(id, sealRecord(key, id, secret), found.item));
      if (isStored) {
        await this.#session.remove(id);
        return "stored";
      }
    }
    return this.#session.put(id, secret);
  }

  async use<T>(id: string, borrow: (secret: Uint8Array) => Promise<T>): Promise<Result<T, Failure>> {
    if (this.#session.has(id)) {
      return this.#session.use(id, borrow);
    }
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (this.#problem !== "damaged" && this.standing(id) === "none") {
        return failed({ code: "provider.no-credentials" });
      }
      const found = await this.#find();
      if (found === null) {
        return failed({ code: FAILURES[this.#problem ?? "missing"] });
      }
      const { key, item } = found;
      const opened = await lend(key, async () => this.#reading((records) => openedRecord(records, id, key, item)));
      if (opened === null || opened === "unreadable") {
        return failed({ code: opened === null ? "vault.damaged" : "vault.record-damaged" });
      }
      if (opened !== "other-key") {
        return success(await lend(opened, borrow));
      }
    }
    return failed({ code: "app.keychain-unavailable" });
  }

  async remove(id: string): Promise<void> {
    this.#file.records()?.remove(id);
    await this.#session.remove(id);
  }

  async retry(): Promise<VaultProblem | null> {
    this.#refusedAt = Number.NEGATIVE_INFINITY;
    const found = await this.#find();
    found?.key.fill(0);
    if (found !== null) {
      await this.#keys.tidy();
    }
    return this.#problem;
  }

  async renewKey(): Promise<Result<KeyChange, Failure>> {
    return this.#changed(await this.#keys.change());
  }

  async removeAll(stays: (id: string) => boolean): Promise<Result<KeyChange, Failure>> {
    const change = await this.#keys.change((id) => !stays(id));
    if (typeof change === "string" && change !== "missing") {
      return this.#changed(change);
    }
    // Without a keychain there is no key to remove; what is kept for the session goes, and so do records of another time.
    for (const id of this.ids().filter((one) => !stays(one))) {
      await this.remove(id);
    }
    return success(typeof change === "string" ? { records: this.ids().length, complete: true } : change);
  }

  async startAfresh(): Promise<Result<string, Failure>> {
    if (this.#problem !== "key-lost" && this.#problem !== "damaged") {
      return failed({ code: "app.internal" });
    }
    try {
      const name = this.#file.setAside();
      await this.retry();
      return success(name);
    } catch {
      await this.retry();
      return failed({ code: "vault.cannot-set-aside" });
    }
  }

  watch(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #changed(change: KeyChange | KeyProblem): Result<KeyChange, Failure> {
    if (typeof change !== "string") {
      return success(change);
    }
    if (change === "overtaken") {
      // The keychain is there, and nothing was changed.
      return failed({ code: "app.internal" });
    }
    this.#settle(change);
    return failed({ code: FAILURES[change] });
  }

  async #find(): Promise<FoundKey | null> {
    if (this.#problem === "locked" && this.#now() - this.#refusedAt < ASK_AGAIN_MILLISECONDS) {
      return null;
    }
    const found = await this.#keys.find();
    if (typeof found === "string") {
      this.#refusedAt = this.#now();
      this.#settle(found);
      return null;
    }
    await this.#adopt(found);
    this.#settle(null);
    return found;
  }

  /** What was put while the keychain was away is stored now; nobody has to type it again. */
  async #adopt({ key, item }: FoundKey): Promise<void> {
    for (const id of this.#session.ids()) {
      const kept = await this.#session.use(id, async (secret) => {
        const sealed = sealRecord(key, id, secret);
        return this.#reading((records) => records.set(id, sealed, item)) === true;
      });
      if (kept.ok && kept.value) {
        await this.#session.remove(id);
      }
    }
  }

  #settle(problem: VaultProblem | null): void {
    if (problem === this.#problem) {
      return;
    }
    this.#problem = problem;
    this.#listeners.forEach((listener) => listener());
  }

  /** Null: the file cannot be read. */
  #reading<T>(work: (records: NonNullable<ReturnType<VaultFile["records"]>>) => T): T | null {
    try {
      const records = this.#file.records();
      return records === null ? null : work(records);
    } catch {
      return null;
    }
  }
}

function openedRecord(
  records: NonNullable<ReturnType<VaultFile["records"]>>,
  id: string,
  key: Uint8Array,
  item: string,
): Uint8Array | "other-key" | "unreadable" {
  // Together: a change of the key between the two would look like a damaged record.
  const record = records.get(id);
  return records.key()?.item !== item || record === null ? "other-key" : (openRecord(key, id, record) ?? "unreadable");
}
