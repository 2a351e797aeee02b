import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { auditVerify } from "../../../cli/audit-command.ts";
import { EXIT } from "../../../cli/exit-status.ts";
import { openProgramVault } from "../../../electron/services/application/program-vault.ts";
import { openAuditTrail } from "../../../electron/services/auditing/audit-trail.ts";
import type { KeyStore } from "../../../electron/storage/vault/key-store.ts";
import { keychain } from "../services/bare-ports.ts";

// A trail that is sealed under the key of a keychain, and everything that somebody with the files can do to it.

let data = "";
let keyStore: KeyStore = keychain();
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "sealdesk-hostile-"));
  keyStore = keychain();
  await record("a", "b", "c");
});
afterEach(() => rm(data, { recursive: true, force: true }));

/** One start of the desktop program in which this happened. */
async function record(...runs: readonly string[]): Promise<void> {
  const { vault, close } = openProgramVault({ keyStore, paths: { data } });
  await vault;
  const trail = openAuditTrail({ path: join(data, "audit.db"), now: Date.now, vault });
  if (trail === null) throw new Error("no trail");
  for (const run of runs) trail.record({ kind: "signing.resumed", run });
  await trail.close();
  close();
}

function edit(sql: string): void {
  const database = new DatabaseSync(join(data, "audit.db"));
  for (const trigger of ["audit_keeps", "audit_stays", "audit_seal_keeps", "audit_seal_stays"]) {
    database.exec(`DROP TRIGGER ${trigger}`);
  }
  database.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
  database.close();
}

async function verified(store: KeyStore = keyStore): Promise<{ readonly status: number; readonly said: string }> {
  const lines: string[] = [];
  const status = await auditVerify(null, { data, print: (line) => lines.push(line), keyStore: store });
  return { status, said: lines.join("\n") };
}

async function throwAway(...names: readonly string[]): Promise<void> {
  for (const name of await readdir(data)) {
    if (names.some((one) => name.startsWith(one))) await rm(join(data, name));
  }
}

describe("sealdesk audit verify", () => {
  test("calls a trail whole that nobody touched, up to the entry that is sealed", async () => {
    const { status, said } = await verified();
    expect(status).toBe(EXIT.good);
    expect(said).toBe("The trail is whole: 4 entries.\nSealed by this computer's keychain up to entry 4.");
  });

  test.each([
    ["a changed entry", "UPDATE audit SET body = '{}' WHERE seq = 2", "Entry 2 was changed."],
    ["a removed entry", "DELETE FROM audit WHERE seq = 2", "Entry 2 is missing or not in its place."],
    [
      "an inserted entry",
      "UPDATE audit SET seq = seq + 100 WHERE seq > 2; INSERT INTO audit SELECT 3, time, kind, body, hash, hash FROM audit WHERE seq = 2; UPDATE audit SET seq = seq - 99 WHERE seq > 100",
      "Entry 3 was changed.",
    ],
    [
      "a trail that was cut off, with its seals",
      "DELETE FROM audit WHERE seq > 2; DELETE FROM audit_seal WHERE seq > 2",
      "The trail was cut off: entry 3 and those after it are missing.",
    ],
    [
      "a false seal",
      "UPDATE audit_seal SET mac = replace(mac, substr(mac, 1, 4), 'ffff') WHERE seq = (SELECT max(seq) FROM audit_seal)",
      "The seal of entry 4 is false",
    ],
  ])("shows %s", async (_what, sql, words) => {
    edit(sql);
    const { status, said } = await verified();
    expect(said).toContain(words);
    expect(status).toBe(EXIT.notAllGood);
  });

  test("shows a trail that was cut off for good, also when the program has written and sealed on since", async () => {
    edit("DELETE FROM audit WHERE seq > 2; DELETE FROM audit_seal WHERE seq > 2");
    await record("d");
    await record("e");
    const { status, said } = await verified();
    expect(said).toContain("Before entry 4, entries that had been sealed were cut off or replaced.");
    expect(said).not.toContain("whole");
    expect(status).toBe(EXIT.notAllGood);
  });

  test("shows a trail that was thrown away, at once and after a new one was begun", async () => {
    await throwAway("audit.db");
    await record("d");
    const { status, said } = await verified();
    expect(said).toContain("Before entry 2, entries that had been sealed were cut off or replaced.");
    expect(status).toBe(EXIT.notAllGood);
  });

  test("shows another computer's trail in the place of this one's", async () => {
    const own = data;
    data = await mkdtemp(join(tmpdir(), "sealdesk-hostile-other-"));
    const ownStore = keyStore;
    keyStore = keychain();
    await record("x", "y", "z", "v");
    await copyFile(join(data, "audit.db"), join(own, "audit.db"));
    await rm(data, { recursive: true, force: true });
    [data, keyStore] = [own, ownStore];
    const { status, said } = await verified();
    expect(said).toContain("Entry 4 is not the one that this computer's vault remembers.");
    expect(status).toBe(EXIT.notAllGood);
  });

  test("does not call seals checked whose key is gone, or whose keychain is another one", async () => {
    const without = await verified(keychain());
    expect(without.status).toBe(EXIT.notAllGood);
    expect(without.said).toContain("No seal could be checked");
    expect(without.said).toContain("were not checked: they were made with a key that is not here.");
    await throwAway("vault.db");
    const gone = await verified();
    expect(gone.status).toBe(EXIT.notAllGood);
    expect(gone.said).toContain("No seal could be checked");
    expect(gone.said).toContain("were not checked: they were made with a key that is not here.");
  });
});
