import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { auditYardstick, openAuditTrail } from "../../../../electron/services/auditing/audit-trail.ts";
import { AuditLog } from "../../../../electron/storage/audit/audit-log.ts";
import { checkAudit } from "../../../../electron/storage/audit/check-audit.ts";
import { openDatabase } from "../../../../electron/storage/database.ts";
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
    expect(await checked(path, vault)).toEqual({ entries: 2, problem: null, sealedTo: 2, uncheckedSeals: 0 });
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
    expect(await checked(path, vault)).toMatchObject({ entries: 2, problem: null, sealedTo: 2 });
  });

  test("is not sealed with a key that is gone when the program ends", async () => {
    const [path, vault] = [await newPath(), memoryVault()];
    const trail = open(path, Promise.resolve(vault));
    trail.record({ kind: "signing.resumed", run: "a" });
    await trail.close();
    expect(await checked(path, vault)).toMatchObject({ entries: 1, problem: null, sealedTo: 0, uncheckedSeals: 0 });
  });

  test("that is damaged is left as it is and not opened", async () => {
    const path = await newPath();
    await writeFile(path, "no database".repeat(500));
    expect(openAuditTrail({ path, now: Date.now })).toBeNull();
    expect(await readFile(path, "utf8")).toBe("no database".repeat(500));
  });
});
