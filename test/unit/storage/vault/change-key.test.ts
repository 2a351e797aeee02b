import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { FakeKeychain } from "./fake-keychain.ts";
import { readText, text, VaultFolder } from "./vault-folder.ts";

async function filled() {
  const [folder, keyStore] = [new VaultFolder(), new FakeKeychain()];
  const vault = await folder.open(keyStore);
  for (let number = 0; number < 40; number += 1) await vault.put(`profile/${number}`, new Uint8Array(900).fill(number));
  await vault.put("audit/key", text("the audit's key"));
  const rows = folder.run("SELECT hex(sealed) AS sealed FROM vault") as { readonly sealed: string }[];
  const sealed = rows.map((row) => Buffer.from(row.sealed, "hex"));
  const isInFiles = (): boolean => sealed.some((bytes) => folder.bytes().includes(bytes));
  return { folder, keyStore, vault, isInFiles };
}

/** Another program renews the key while this one gives its new one to the keychain, so many times. */
async function overtake(folder: VaultFolder, keyStore: FakeKeychain, times: number): Promise<void> {
  const other = await folder.open(keyStore);
  const write = keyStore.write.bind(keyStore);
  let [left, isOthers] = [times, false];
  keyStore.write = async (key, item) => {
    await write(key, item);
    if (left > 0 && !isOthers) {
      [left, isOthers] = [left - 1, true];
      await other.renewKey();
      isOthers = false;
    }
  };
}

describe("the key of a vault that is open", () => {
  test("is renewed, and nothing that the old one had sealed is left in any file, not even in the log", async () => {
    const { folder, keyStore, vault, isInFiles } = await filled();
    expect(isInFiles()).toBe(true);
    const [old = new Uint8Array()] = [...keyStore.keys.values()].map((key) => new Uint8Array(key));
    expect(await vault.renewKey()).toEqual({ ok: true, value: { records: 41, complete: true } });
    expect(isInFiles()).toBe(false);
    expect([...keyStore.keys.values()].map((key) => Buffer.from(key).equals(old))).toEqual([false]);
    expect(await vault.use("audit/key", readText)).toEqual({ ok: true, value: "the audit's key" });
    expect(folder.run("SELECT role FROM vault_key")).toEqual([{ role: "current" }]);
  });

  test("goes with everything but what stays, and the file gives the room back", async () => {
    const { folder, keyStore, vault, isInFiles } = await filled();
    const before = folder.bytes().length;
    const stays = (id: string): boolean => id.startsWith("audit/");
    expect(await vault.removeAll(stays)).toEqual({ ok: true, value: { records: 1, complete: true } });
    expect([vault.ids(), isInFiles(), keyStore.keys.size]).toEqual([["audit/key"], false, 1]);
    expect(folder.run("PRAGMA freelist_count")).toEqual([{ freelist_count: 0 }]);
    expect(folder.bytes().length).toBeLessThan(before / 2);
    expect(await vault.use("audit/key", readText)).toEqual({ ok: true, value: "the audit's key" });
  });

  test("says that old bytes are left when somebody reads the file meanwhile", async () => {
    const { folder, vault, isInFiles } = await filled();
    const reader = new DatabaseSync(folder.path, { timeout: 0 });
    reader.exec("BEGIN; SELECT count(*) FROM vault");
    expect(await vault.renewKey()).toMatchObject({ ok: true, value: { complete: false } });
    reader.close();
    vault.close();
    expect(isInFiles()).toBe(false);
  }, 60_000);

  test("stays what it was when the keychain takes no new one", async () => {
    const { folder, keyStore, vault } = await filled();
    for (const mood of ["forgetful", "locked", "missing"] as const) {
      keyStore.mood = mood;
      const failure = { code: mood === "locked" ? "app.keychain-locked" : "app.keychain-unavailable" };
      expect(await vault.renewKey()).toEqual({ ok: false, failure });
      keyStore.mood = "open";
      expect(await vault.retry()).toBeNull();
      expect(await vault.use("audit/key", readText)).toEqual({ ok: true, value: "the audit's key" });
      expect(folder.run("SELECT role FROM vault_key")).toEqual([{ role: "current" }]);
      expect(keyStore.keys.size).toBe(1);
    }
  });

  test("is told when the old one could not be deleted, and the next start deletes it", async () => {
    const { folder, keyStore, vault } = await filled();
    const remove = keyStore.remove.bind(keyStore);
    keyStore.remove = () => Promise.reject(new Error("busy"));
    expect(await vault.renewKey()).toEqual({ ok: true, value: { records: 41, complete: false } });
    expect(keyStore.keys.size).toBe(2);
    keyStore.remove = remove;
    vault.close();
    await folder.open(keyStore);
    expect(keyStore.keys.size).toBe(1);
  });

  test("is changed after another program has changed it in between, and what was to go is gone", async () => {
    for (const change of ["renewKey", "removeAll"] as const) {
      const { folder, keyStore, vault } = await filled();
      await overtake(folder, keyStore, 1);
      const answer = await (change === "renewKey" ? vault.renewKey() : vault.removeAll((id) => id === "audit/key"));
      expect(answer).toEqual({ ok: true, value: { records: change === "renewKey" ? 41 : 1, complete: true } });
      expect([vault.problem(), keyStore.keys.size]).toEqual([null, 1]);
      expect(vault.has("profile/1")).toBe(change === "renewKey");
      expect(await vault.use("audit/key", readText)).toEqual({ ok: true, value: "the audit's key" });
    }
  });

  test("is not said to be changed, and the keychain not to be missing, when others are faster each time", async () => {
    const { folder, keyStore, vault } = await filled();
    await overtake(folder, keyStore, Number.POSITIVE_INFINITY);
    expect(await vault.renewKey()).toEqual({ ok: false, failure: { code: "app.internal" } });
    expect(await vault.removeAll((id) => id === "audit/key")).toEqual({ ok: false, failure: { code: "app.internal" } });
    expect([vault.problem(), vault.ids().length]).toEqual([null, 41]);
    expect(await vault.use("audit/key", readText)).toEqual({ ok: true, value: "the audit's key" });
  });
});
