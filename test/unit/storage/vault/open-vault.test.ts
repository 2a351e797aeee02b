import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { memoryVault } from "../../../../electron/storage/vault/memory-vault.ts";
import { openVault } from "../../../../electron/storage/vault/open-vault.ts";
import type { KeyStore } from "../../../../electron/storage/vault/key-store.ts";

let database: DatabaseSync;
beforeEach(() => {
  database = new DatabaseSync(":memory:");
});
afterEach(() => database.close());

class FakeKeychain implements KeyStore {
  key: Uint8Array | null = null;
  locked = false;
  forgetful = false;
  readonly lent: Uint8Array[] = [];

  read(): Promise<Uint8Array | null> {
    if (this.locked) {
      return Promise.reject(new Error("unlock prompt was dismissed"));
    }
    const copy = this.key === null ? null : new Uint8Array(this.key);
    if (copy !== null) {
      this.lent.push(copy);
    }
    return Promise.resolve(copy);
  }

  write(key: Uint8Array): Promise<void> {
    if (this.locked) {
      return Promise.reject(new Error("no session bus"));
    }
    this.key = this.forgetful ? null : new Uint8Array(key);
    return Promise.resolve();
  }
}

const text = (value: string) => new TextEncoder().encode(value);
const readText = (secret: Uint8Array) => Promise.resolve(new TextDecoder().decode(secret));

describe("with a keychain", () => {
  test("what was put comes back, also after the program started again", async () => {
    const keyStore = new FakeKeychain();
    const first = await openVault({ database, keyStore });
    expect(first.state()).toBe("available");
    expect(await first.put("itsme/key", text("secret key"))).toBe("stored");
    const second = await openVault({ database, keyStore });
    expect(second.has("itsme/key")).toBe(true);
    expect(await second.use("itsme/key", readText)).toEqual({ ok: true, value: "secret key" });
  });

  test("nothing of the secret stands in the database", async () => {
    const vault = await openVault({ database, keyStore: new FakeKeychain() });
    await vault.put("a", text("correct horse battery staple"));
    const [row] = database.prepare("SELECT * FROM vault").all();
    const everything = Object.values(row!).map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value),
    );
    expect(everything.join()).not.toContain("horse");
  });

  test("the lent bytes and the key are overwritten afterwards, also when the borrower throws", async () => {
    const keyStore = new FakeKeychain();
    const vault = await openVault({ database, keyStore });
    await vault.put("a", text("secret"));
    let kept: Uint8Array = new Uint8Array();
    await vault.use("a", (secret) => {
      kept = secret;
      return Promise.resolve();
    });
    expect([...kept]).toEqual([0, 0, 0, 0, 0, 0]);
    await expect(
      vault.use("a", (secret) => {
        kept = secret;
        return Promise.reject(new Error("broken"));
      }),
    ).rejects.toThrow("broken");
    expect([...kept]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(keyStore.lent.every((key) => key.every((byte) => byte === 0))).toBe(true);
  });

  test("the same secret is sealed differently each time", async () => {
    const vault = await openVault({ database, keyStore: new FakeKeychain() });
    const sealed = [];
    for (let time = 0; time < 2; time += 1) {
      await vault.put("a", text("secret"));
      sealed.push(
        Buffer.from(database.prepare("SELECT sealed FROM vault").get()!["sealed"] as Uint8Array).toString("hex"),
      );
    }
    expect(sealed[0]).not.toBe(sealed[1]);
  });

  test.each([
    [
      "changed by a byte",
      "UPDATE vault SET sealed = CAST(iif(substr(sealed, 1, 1) = x'00', x'01', x'00') || substr(sealed, 2) AS BLOB) WHERE id = 'a'",
    ],
    ["cut", "UPDATE vault SET sealed = substr(sealed, 1, 5) WHERE id = 'a'"],
    ["of another version", "UPDATE vault SET version = 2 WHERE id = 'a'"],
    ["with another nonce", "UPDATE vault SET nonce = zeroblob(12) WHERE id = 'a'"],
    [
      "moved from another id",
      "UPDATE vault SET (nonce, sealed) = (SELECT nonce, sealed FROM vault WHERE id = 'b') WHERE id = 'a'",
    ],
  ])("a record %s is not opened", async (_what, sql) => {
    const vault = await openVault({ database, keyStore: new FakeKeychain() });
    await vault.put("a", text("secret a"));
    await vault.put("b", text("secret b"));
    database.exec(sql);
    expect(await vault.use("a", readText)).toEqual({ ok: false, failure: { code: "app.keychain-unavailable" } });
    expect(await vault.use("b", readText)).toMatchObject({ ok: true });
  });

  test("an unknown id is missing credentials; removing is final", async () => {
    const vault = await openVault({ database, keyStore: new FakeKeychain() });
    await vault.put("a", text("x"));
    await vault.remove("a");
    await vault.remove("never there");
    expect(vault.has("a")).toBe(false);
    expect(await vault.use("a", readText)).toEqual({ ok: false, failure: { code: "provider.no-credentials" } });
  });

  test("locking the keychain locks the vault; a secret put meanwhile lives for the session", async () => {
    const keyStore = new FakeKeychain();
    const vault = await openVault({ database, keyStore });
    await vault.put("a", text("x"));
    keyStore.locked = true;
    expect(await vault.use("a", readText)).toMatchObject({ failure: { code: "app.keychain-unavailable" } });
    expect(await vault.put("b", text("y"))).toBe("session-only");
    expect(await vault.use("b", readText)).toEqual({ ok: true, value: "y" });
    expect(
      database
        .prepare("SELECT id FROM vault")
        .all()
        .map((row) => row["id"]),
    ).toEqual(["a"]);
  });
});

describe("without a keychain", () => {
  test.each([
    ["there is none, or it is locked", { locked: true }],
    ["it takes a value and keeps nothing", { forgetful: true }],
  ])("secrets live for the session when %s, and nothing is written", async (_what, flaw) => {
    const keyStore = Object.assign(new FakeKeychain(), flaw);
    const vault = await openVault({ database, keyStore });
    expect([vault.state(), vault.problem]).toEqual(["session-only", "keychain-unavailable"]);
    expect(await vault.put("a", text("secret"))).toBe("session-only");
    expect(await vault.use("a", readText)).toEqual({ ok: true, value: "secret" });
    expect(database.prepare("SELECT count(*) AS rows FROM vault").get()).toEqual({ rows: 0 });
    const next = await openVault({ database, keyStore });
    expect(next.has("a")).toBe(false);
  });

  test("stored records stay untouched while their key is away, and open again when it is back", async () => {
    const keyStore = new FakeKeychain();
    await (await openVault({ database, keyStore })).put("a", text("secret"));
    const key = keyStore.key;
    keyStore.key = null;
    const without = await openVault({ database, keyStore });
    expect([without.state(), without.problem]).toEqual(["session-only", "key-lost"]);
    expect(keyStore.key).toBeNull();
    expect(await without.use("a", readText)).toMatchObject({ failure: { code: "app.keychain-unavailable" } });
    keyStore.key = key;
    expect(await (await openVault({ database, keyStore })).use("a", readText)).toEqual({ ok: true, value: "secret" });
  });

  test("a reset gives up lost records, and the next start has a new key", async () => {
    const keyStore = new FakeKeychain();
    await (await openVault({ database, keyStore })).put("a", text("secret"));
    keyStore.key = null;
    await (await openVault({ database, keyStore })).reset();
    const fresh = await openVault({ database, keyStore });
    expect([fresh.state(), fresh.has("a")]).toEqual(["available", false]);
  });
});

test("the memory vault overwrites what it forgets and lends copies", async () => {
  const vault = memoryVault();
  await vault.put("a", text("one"));
  await vault.use("a", (secret) => Promise.resolve(secret.fill(9)));
  expect(await vault.use("a", readText)).toEqual({ ok: true, value: "one" });
  await vault.put("a", text("two"));
  expect(await vault.use("a", readText)).toEqual({ ok: true, value: "two" });
  await vault.remove("a");
  expect(await vault.use("a", readText)).toEqual({ ok: false, failure: { code: "provider.no-credentials" } });
});
