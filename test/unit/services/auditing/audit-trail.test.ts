import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { auditYardstick, openAuditTrail } from "../../../../electron/services/auditing/audit-trail.ts";
import { AuditLog } from "../../../../electron/storage/audit/audit-log.ts";
import { checkAudit } from "../../../../electron/storage/audit/check-audit.ts";
import { openDatabase } from "../../../../electron/storage/database.ts";
import { failed } from "../../../../shared/result.ts";
import { memoryVault } from "../../../../electron/storage/vault/memory-vault.ts";
import type { SecretVault } from "../../../../electron/storage/vault/secret-vault.ts";

/** As if it were kept by a keychain. */
const keptVault = (): SecretVault => ({ ...memoryVault(), state: () => "available", standing: () => "stored" });

describe("the program's audit trail", () => {
  const folders: string[] = [];
  const newPath = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), "sealdesk-audit-"));
    folders.push(folder);
    return join(folder, "audit.db");
  };
  afterEach(async () => {
    for (const folder of folders.splice(0)) {
      await rm(folder, { recursive: true, force: true });
    }
  });

  const open = (path: string, vault?: Promise<SecretVault>) => {
    const trail = openAuditTrail({ path, now: Date.now, ...(vault === undefined ? {} : { vault }) });
    if (trail === null) throw new Error("the trail could not be opened");
    return trail;
  };
  const checked = async (path: string, vault: SecretVault) => {
    const log = new AuditLog(openDatabase(path), Date.now);
    const check = checkAudit(log.entries(), log.seals(), await auditYardstick(vault));
    log.close();
    return check;
  };

  test("is sealed up to its last entry when the program ends, also with what came late", async () => {
    const [path, vault] = [await newPath(), keptVault()];
    const trail = open(path, Promise.resolve(vault));
    trail.record({ kind: "settings.changed", settings: ["level"] });
    trail.record(Promise.resolve({ kind: "signing.resumed", run: "a" } as const));
    await trail.close();
    // The third says that from here on there is a key.
    expect(await checked(path, vault)).toEqual({
      entries: 3,
      problem: null,
      sealedTo: 3,
      uncheckedSeals: 0,
      breaks: [],
    });
  });

  test("does not wait for a keychain that waits for somebody, and the next start's seal covers its entries", async () => {
    const [path, vault] = [await newPath(), keptVault()];
    const first = open(path, new Promise(() => undefined));
    first.record({ kind: "signing.resumed", run: "a" });
    await first.close();
    expect(await checked(path, vault)).toMatchObject({ entries: 1, sealedTo: 0 });
    const second = open(path, Promise.resolve(vault));
    second.record({ kind: "signing.resumed", run: "b" });
    await second.close();
    expect(await checked(path, vault)).toMatchObject({ entries: 3, problem: null, sealedTo: 3 });
  });

  test("is not sealed with a key that is gone when the program ends", async () => {
    const [path, vault] = [await newPath(), memoryVault()];
    const trail = open(path, Promise.resolve(vault));
    trail.record({ kind: "signing.resumed", run: "a" });
    await trail.close();
    expect(await checked(path, vault)).toMatchObject({ entries: 1, problem: null, sealedTo: 0, uncheckedSeals: 0 });
  });

  /** What somebody does to the file while the program is closed. */
  const edit = (path: string, sql: string): void => {
    const database = openDatabase(path);
    for (const trigger of ["audit_keeps", "audit_stays", "audit_seal_keeps", "audit_seal_stays"]) {
      database.exec(`DROP TRIGGER IF EXISTS ${trigger}`);
    }
    database.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
    database.close();
  };
  const recordOne = async (path: string, vault: SecretVault, run: string): Promise<void> => {
    const trail = open(path, Promise.resolve(vault));
    trail.record({ kind: "signing.resumed", run });
    await trail.close();
  };

  test.each([
    ["cut off", "DELETE FROM audit WHERE seq > 1; DELETE FROM audit_seal WHERE seq > 1", 3],
    ["thrown away as a whole", "DELETE FROM audit; DELETE FROM audit_seal", 2],
  ])("that was %s says so for good, also after the program went on writing", async (_what, sql, brokenAt) => {
    const [path, vault] = [await newPath(), keptVault()];
    await recordOne(path, vault, "a");
    await recordOne(path, vault, "b");
    edit(path, sql);
    expect((await checked(path, vault)).problem?.code).toBe("cut-off");
    await recordOne(path, vault, "c");
    await recordOne(path, vault, "d");
    expect(await checked(path, vault)).toMatchObject({ problem: null, breaks: [brokenAt] });
  });

  test("of which the vault's memory was taken away says so, too", async () => {
    const [path, vault] = [await newPath(), keptVault()];
    await recordOne(path, vault, "a");
    await vault.remove("audit/head");
    await recordOne(path, vault, "b");
    expect(await checked(path, vault)).toMatchObject({ problem: null, breaks: [4] });
  });

  test("whose key is gone says from which entry on another one seals", async () => {
    const [path, first, second] = [await newPath(), keptVault(), keptVault()];
    await recordOne(path, first, "a");
    await recordOne(path, second, "b");
    const log = new AuditLog(openDatabase(path), Date.now);
    const kinds = [...log.entries()].map(({ kind }) => kind);
    const names = new Set(log.seals().map(({ key }) => key));
    log.close();
    expect(kinds).toEqual(["signing.resumed", "trail.key", "signing.resumed", "trail.key"]);
    expect(names.size).toBe(2);
    expect(await checked(path, second)).toMatchObject({ problem: null, sealedTo: 4, uncheckedSeals: 1, breaks: [] });
  });

  test("is not sealed anew while the vault cannot say what was sealed", async () => {
    const [path, vault] = [await newPath(), keptVault()];
    await recordOne(path, vault, "a");
    edit(path, "DELETE FROM audit WHERE seq > 1; DELETE FROM audit_seal WHERE seq > 1");
    const locked: SecretVault = { ...vault, use: async () => failed({ code: "app.keychain-unavailable" }) };
    await recordOne(path, locked, "b");
    expect((await checked(path, vault)).problem).not.toBeNull();
  });

  test("that is damaged is left as it is and not opened", async () => {
    const path = await newPath();
    await writeFile(path, "no database".repeat(500));
    expect(openAuditTrail({ path, now: Date.now })).toBeNull();
    expect(await readFile(path, "utf8")).toBe("no database".repeat(500));
  });
});
