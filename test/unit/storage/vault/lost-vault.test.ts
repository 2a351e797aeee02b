import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FakeKeychain } from "./fake-keychain.ts";
import { readText, text, VaultFolder } from "./vault-folder.ts";

const SET_ASIDE = "vault-set-aside-2026-11-28T12-00-00-000Z.db";

async function lostKey() {
  const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
  const vault = await folder.open(keyStore);
  await vault.put("a", text("secret"));
  vault.close();
  const kept = new Map(keyStore.keys);
  return { folder, keyStore, kept };
}

describe("a key that is gone from the keychain", () => {
  test.each([
    ["deleted", (keys: Map<string, Uint8Array>) => keys.clear()],
    ["another one", (keys: Map<string, Uint8Array>) => keys.forEach((key) => key.fill(7))],
    ["cut short", (keys: Map<string, Uint8Array>) => keys.forEach((_key, item) => keys.set(item, new Uint8Array(16)))],
  ])("leaves the records untouched and makes no other key (%s)", async (_what, lose) => {
    const { folder, keyStore, kept } = await lostKey();
    lose(keyStore.keys);
    const before = folder.run("SELECT hex(sealed) FROM vault");
    const vault = await folder.open(keyStore);
    expect([vault.state(), vault.problem(), vault.standing("a")]).toEqual(["session-only", "key-lost", "lost"]);
    expect(await vault.use("a", readText)).toMatchObject({ failure: { code: "vault.key-lost" } });
    expect(await vault.put("b", text("y"))).toBe("session-only");
    expect(folder.run("SELECT hex(sealed) FROM vault")).toEqual(before);
    expect(await vault.renewKey()).toMatchObject({ failure: { code: "vault.key-lost" } });
    expect(await vault.removeAll(() => false)).toMatchObject({ failure: { code: "vault.key-lost" } });
    expect(keyStore.keys.size).toBeLessThanOrEqual(kept.size);
    keyStore.keys.clear();
    expect(kept.size).toBe(1);
  });

  test("opens everything again when it comes back", async () => {
    const { folder, keyStore, kept } = await lostKey();
    keyStore.keys.clear();
    const vault = await folder.open(keyStore);
    await vault.put("b", text("typed meanwhile"));
    kept.forEach((key, item) => keyStore.keys.set(item, key));
    expect(await vault.retry()).toBeNull();
    expect(await vault.use("a", readText)).toEqual({ ok: true, value: "secret" });
    expect(vault.standing("b")).toBe("stored");
  });

  test("is no loss when nothing was sealed with it", async () => {
    const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
    (await folder.open(keyStore)).close();
    keyStore.keys.clear();
    expect((await folder.open(keyStore)).problem()).toBeNull();
  });
});

describe("starting afresh", () => {
  test("sets the old file aside, makes a new key, and stores what was typed meanwhile", async () => {
    const { folder, keyStore, kept } = await lostKey();
    keyStore.keys.clear();
    const vault = await folder.open(keyStore);
    await vault.put("b", text("typed meanwhile"));
    expect(await vault.startAfresh()).toEqual({ ok: true, value: SET_ASIDE });
    expect([vault.state(), vault.standing("a"), vault.standing("b")]).toEqual(["available", "none", "stored"]);
    expect(await vault.use("a", readText)).toMatchObject({ failure: { code: "provider.no-credentials" } });
    expect(folder.names()).toContain(SET_ASIDE);
    vault.close();
    // With the old key back, the old file is the vault that it was.
    kept.forEach((key, item) => keyStore.keys.set(item, key));
    copyFileSync(join(folder.folder, SET_ASIDE), folder.path);
    expect(await (await folder.open(keyStore)).use("a", readText)).toEqual({ ok: true, value: "secret" });
  });

  test("twice in the same moment gives two names", async () => {
    const { folder, keyStore } = await lostKey();
    keyStore.keys.clear();
    const vault = await folder.open(keyStore);
    await vault.startAfresh();
    await vault.put("c", text("z"));
    keyStore.keys.clear();
    await vault.use("c", readText);
    expect(await vault.startAfresh()).toEqual({ ok: true, value: SET_ASIDE.replace(".db", "-2.db") });
  });

  test("is refused while the vault can be opened, or the keychain only has to be unlocked", async () => {
    const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
    const vault = await folder.open(keyStore);
    await vault.put("a", text("secret"));
    expect(await vault.startAfresh()).toMatchObject({ failure: { code: "app.internal" } });
    keyStore.mood = "locked";
    await vault.use("a", readText);
    expect(await vault.startAfresh()).toMatchObject({ failure: { code: "app.internal" } });
    expect(folder.names().filter((name) => name.includes("aside"))).toEqual([]);
  });
});

describe("a file that cannot be read", () => {
  test.each([
    ["no database", (path: string) => writeFileSync(path, "no database".repeat(500))],
    ["cut in the middle", (path: string) => writeFileSync(path, Buffer.from("SQLite format 3\0").subarray(0, 12))],
  ])("does not stop the program, and starting afresh keeps it (%s)", async (_what, damage) => {
    const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
    damage(folder.path);
    const damaged = folder.bytes();
    const vault = await folder.open(keyStore);
    expect([vault.state(), vault.problem(), vault.ids()]).toEqual(["session-only", "damaged", []]);
    expect(await vault.use("a", readText)).toMatchObject({ failure: { code: "vault.damaged" } });
    expect(await vault.put("b", text("y"))).toBe("session-only");
    expect(await vault.startAfresh()).toMatchObject({ ok: true });
    expect([vault.state(), vault.standing("b")]).toEqual(["available", "stored"]);
    expect(folder.bytes().includes(damaged)).toBe(true);
  });

  test("of a newer version is left alone until it is set aside", async () => {
    const { folder, keyStore } = await lostKey();
    folder.run("PRAGMA user_version = 99");
    const vault = await folder.open(keyStore);
    expect(vault.problem()).toBe("damaged");
    expect(folder.run("SELECT id FROM vault")).toEqual([{ id: "a" }]);
  });

  test("whose inner pages are damaged is noticed at the start", async () => {
    const { folder, keyStore } = await lostKey();
    const vault = await folder.open(keyStore);
    for (let number = 0; number < 60; number += 1) await vault.put(`id ${number}`, new Uint8Array(900));
    vault.close();
    const bytes = folder.bytes();
    // Past the first page, which holds the schema.
    writeFileSync(folder.path, bytes.fill(0xee, 4 * 4096, 8 * 4096));
    expect((await folder.open(keyStore)).problem()).toBe("damaged");
  });

  test("can be readable again, and then nothing is lost", async () => {
    const { folder, keyStore } = await lostKey();
    folder.run("PRAGMA user_version = 99");
    const vault = await folder.open(keyStore);
    folder.run("PRAGMA user_version = 2");
    expect(await vault.retry()).toBeNull();
    expect(await vault.use("a", readText)).toEqual({ ok: true, value: "secret" });
  });
});
