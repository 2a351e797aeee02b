import { describe, expect, test } from "vitest";
import { memoryVault } from "../../../../electron/storage/vault/memory-vault.ts";
import { FakeKeychain } from "./fake-keychain.ts";
import { readText, text, VaultFolder } from "./vault-folder.ts";

describe("with a keychain", () => {
  test("what was put comes back, also after the program started again", async () => {
    const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
    const first = await folder.open(keyStore);
    expect([first.state(), first.problem()]).toEqual(["available", null]);
    expect(await first.put("itsme/key", text("secret key"))).toBe("stored");
    first.close();
    const second = await folder.open(keyStore);
    expect([second.has("itsme/key"), second.standing("itsme/key")]).toEqual([true, "stored"]);
    expect(await second.use("itsme/key", readText)).toEqual({ ok: true, value: "secret key" });
    expect(keyStore.keys.size).toBe(1);
  });

  test("nothing of the secret, and nothing of the key, stands in any file", async () => {
    const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
    const vault = await folder.open(keyStore);
    await vault.put("a", text("correct horse battery staple"));
    const [key = new Uint8Array()] = keyStore.keys.values();
    expect(key).toHaveLength(32);
    expect(folder.bytes().includes("horse")).toBe(false);
    expect(folder.bytes().includes(Buffer.from(key))).toBe(false);
    expect(folder.bytes().includes(Buffer.from(key).toString("hex"))).toBe(false);
  });

  test("the lent bytes and the key are overwritten afterwards, also when the borrower throws", async () => {
    const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
    const vault = await folder.open(keyStore);
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
    await vault.renewKey();
    await vault.removeAll(() => false);
    expect(keyStore.lent.length).toBeGreaterThan(5);
    expect(keyStore.lent.every((key) => key.every((byte) => byte === 0))).toBe(true);
  });

  test("the same secret is sealed differently each time", async () => {
    const folder = new VaultFolder();
    const vault = await folder.open(new FakeKeychain());
    const sealed = [];
    for (let time = 0; time < 2; time += 1) {
      await vault.put("a", text("secret"));
      sealed.push(JSON.stringify(folder.run("SELECT hex(sealed) FROM vault")));
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
  ])("a record %s is not opened, and the others are", async (_what, sql) => {
    const folder = new VaultFolder();
    const vault = await folder.open(new FakeKeychain());
    await vault.put("a", text("secret a"));
    await vault.put("b", text("secret b"));
    folder.run(sql);
    expect(await vault.use("a", readText)).toEqual({ ok: false, failure: { code: "vault.record-damaged" } });
    expect(await vault.use("b", readText)).toMatchObject({ ok: true });
  });

  test("everything can be removed twice, and renewed with nothing in it", async () => {
    const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
    const vault = await folder.open(keyStore);
    await vault.put("a", text("x"));
    for (let time = 0; time < 2; time += 1) {
      expect(await vault.removeAll(() => false)).toEqual({ ok: true, value: { records: 0, complete: true } });
      expect(keyStore.keys.size).toBe(0);
    }
    expect(await vault.renewKey()).toEqual({ ok: true, value: { records: 0, complete: true } });
    expect(await vault.put("a", text("again"))).toBe("stored");
    expect([await vault.use("a", readText), keyStore.keys.size]).toEqual([{ ok: true, value: "again" }, 1]);
  });

  test("what is put while the key changes is sealed under the new one", async () => {
    const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
    const vault = await folder.open(keyStore);
    await vault.put("a", text("x"));
    const done = await Promise.all([
      vault.renewKey(),
      vault.put("b", text("y")),
      vault.renewKey(),
      vault.put("c", text("z")),
    ]);
    expect(done).toMatchObject([{ ok: true }, "stored", { ok: true }, "stored"]);
    vault.close();
    const next = await folder.open(keyStore);
    for (const [id, value] of [
      ["a", "x"],
      ["b", "y"],
      ["c", "z"],
    ] as const) {
      expect(await next.use(id, readText)).toEqual({ ok: true, value });
    }
  });

  test("an unknown id is missing credentials; removing is final", async () => {
    const vault = await new VaultFolder().open(new FakeKeychain());
    await vault.put("a", text("x"));
    await vault.remove("a");
    await vault.remove("never there");
    expect([vault.has("a"), vault.standing("a")]).toEqual([false, "none"]);
    expect(await vault.use("a", readText)).toEqual({ ok: false, failure: { code: "provider.no-credentials" } });
  });

  test("a vault of before keys had names is opened under the item without one", async () => {
    const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
    await (await folder.open(keyStore)).put("a", text("secret"));
    const [key = new Uint8Array()] = keyStore.keys.values();
    keyStore.keys.clear();
    keyStore.keys.set("", key);
    folder.run("DROP TABLE vault_key");
    folder.run("PRAGMA user_version = 0");
    const vault = await folder.open(keyStore);
    expect(await vault.use("a", readText)).toEqual({ ok: true, value: "secret" });
    expect(await vault.put("b", text("more"))).toBe("stored");
    // Another key under that name is not taken for it.
    keyStore.keys.set("", new Uint8Array(32));
    expect(await vault.use("a", readText)).toMatchObject({ failure: { code: "vault.key-lost" } });
  });
});

describe("a keychain that is locked", () => {
  test("locks the vault at once, and what is put meanwhile is stored when it opens", async () => {
    const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
    const vault = await folder.open(keyStore);
    await vault.put("a", text("x"));
    keyStore.mood = "locked";
    expect(await vault.use("a", readText)).toMatchObject({ failure: { code: "app.keychain-locked" } });
    expect([vault.state(), vault.problem(), vault.standing("a")]).toEqual(["session-only", "locked", "stored"]);
    expect(await vault.put("b", text("y"))).toBe("session-only");
    expect([vault.standing("b"), folder.run("SELECT id FROM vault")]).toEqual(["session", [{ id: "a" }]]);
    expect(await vault.use("b", readText)).toEqual({ ok: true, value: "y" });
    keyStore.mood = "open";
    expect(await vault.retry()).toBeNull();
    expect([vault.standing("b"), await vault.use("a", readText)]).toEqual(["stored", { ok: true, value: "x" }]);
    vault.close();
    expect(await (await folder.open(keyStore)).use("b", readText)).toEqual({ ok: true, value: "y" });
  });

  test("is not asked again and again: somebody who said no is asked when they choose, or after a minute", async () => {
    const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
    const vault = await folder.open(keyStore);
    await vault.put("a", text("x"));
    keyStore.mood = "locked";
    await vault.use("a", readText);
    const before = keyStore.asked;
    for (let time = 0; time < 5; time += 1) await vault.use("a", readText);
    expect(keyStore.asked).toBe(before);
    await vault.retry();
    expect(keyStore.asked).toBe(before + 1);
    keyStore.mood = "open";
    folder.time += 61_000;
    expect(await vault.use("a", readText)).toEqual({ ok: true, value: "x" });
  });

  test("tells whoever watches, once for each change", async () => {
    const keyStore = new FakeKeychain();
    const vault = await new VaultFolder().open(keyStore);
    const seen: unknown[] = [];
    vault.watch(() => seen.push(vault.problem()));
    await vault.put("a", text("x"));
    keyStore.mood = "locked";
    await vault.use("a", readText);
    await vault.use("a", readText);
    keyStore.mood = "open";
    await vault.retry();
    expect(seen).toEqual(["locked", null]);
  });
});

describe("without a keychain", () => {
  test.each(["missing", "forgetful", "locked"] as const)(
    "secrets live for the session and nothing is written (%s)",
    async (mood) => {
      const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
      keyStore.mood = mood;
      const vault = await folder.open(keyStore);
      expect([vault.state(), vault.problem()]).toEqual(["session-only", mood === "locked" ? "locked" : "missing"]);
      expect(await vault.put("a", text("a secret of this run"))).toBe("session-only");
      expect(await vault.use("a", readText)).toEqual({ ok: true, value: "a secret of this run" });
      expect([vault.ids(), folder.run("SELECT * FROM vault")]).toEqual([["a"], []]);
      expect(folder.bytes().includes("a secret of this run")).toBe(false);
      vault.close();
      expect((await folder.open(keyStore)).has("a")).toBe(false);
    },
  );

  test("what is kept for the session can be removed all the same", async () => {
    const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
    keyStore.mood = "missing";
    const vault = await folder.open(keyStore);
    await vault.put("a", text("x"));
    await vault.put("audit/key", text("y"));
    const stays = (id: string): boolean => id === "audit/key";
    expect(await vault.removeAll(stays)).toEqual({ ok: true, value: { records: 1, complete: true } });
    expect(vault.ids()).toEqual(["audit/key"]);
  });

  test("one that comes back is used from then on", async () => {
    const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
    keyStore.mood = "missing";
    const vault = await folder.open(keyStore);
    await vault.put("a", text("x"));
    keyStore.mood = "open";
    expect(await vault.retry()).toBeNull();
    expect([vault.state(), vault.standing("a"), keyStore.keys.size]).toEqual(["available", "stored", 1]);
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
