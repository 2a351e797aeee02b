import { KeychainAway } from "../../../../electron/storage/vault/key-store.ts";
import type { KeyStore } from "../../../../electron/storage/vault/key-store.ts";

/** A keychain that can be locked, absent, or of the kind that takes a value and keeps nothing. */
export class FakeKeychain implements KeyStore {
  readonly keys = new Map<string, Uint8Array>();
  readonly lent: Uint8Array[] = [];
  mood: "open" | "locked" | "missing" | "forgetful" = "open";
  asked = 0;

  async read(item: string): Promise<Uint8Array | null> {
    this.#answer();
    const key = this.keys.get(item);
    if (key === undefined) {
      return null;
    }
    const copy = new Uint8Array(key);
    this.lent.push(copy);
    return copy;
  }

  async write(key: Uint8Array, item: string): Promise<void> {
    this.#answer();
    if (this.mood !== "forgetful") {
      this.keys.set(item, new Uint8Array(key));
    }
  }

  async remove(item: string): Promise<void> {
    this.#answer();
    this.keys.delete(item);
  }

  #answer(): void {
    this.asked += 1;
    if (this.mood === "locked" || this.mood === "missing") {
      throw new KeychainAway(this.mood);
    }
  }
}
