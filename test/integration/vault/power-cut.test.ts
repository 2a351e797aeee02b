import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { openVault } from "../../../electron/storage/vault/open-vault.ts";
import { vaultFile } from "../../../electron/storage/vault/vault-file.ts";
import { folderKeychain } from "./folder-keychain.ts";

const program = new URL("dying-program.ts", import.meta.url).pathname;
const KEPT = { "audit/key": "the audit's key", "audit/head": "its last entry", "profile/itsme/a": "the client's key" };
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const readText = (secret: Uint8Array): Promise<string> => Promise.resolve(new TextDecoder().decode(secret));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sealdesk-power-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function opened(folder: string) {
  const keychain = folderKeychain(join(folder, "keychain"));
  const file = vaultFile(join(folder, "vault.db"), Date.now);
  onTestFinished(() => file.close());
  return { vault: await openVault({ file, keyStore: keychain, now: Date.now }), file, keychain };
}

/** A vault with three records, and the bytes that they are sealed as. */
async function filled(): Promise<{ readonly folder: string; readonly sealed: readonly Buffer[] }> {
  const folder = newFolder();
  const { vault, file } = await opened(folder);
  for (const [id, value] of Object.entries(KEPT)) await vault.put(id, text(value));
  file.close();
  return { folder, sealed: sealedBytes(folder) };
}

function sealedBytes(folder: string): readonly Buffer[] {
  const database = new DatabaseSync(join(folder, "vault.db"));
  const rows = database.prepare("SELECT sealed FROM vault").all();
  database.close();
  return rows.map((row) => Buffer.from(row["sealed"] as Uint8Array));
}

function everyByte(folder: string): Buffer {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(files.map(({ name }) => readFileSync(join(folder, name))));
}

/** Runs the program once for each step, on a copy of the folder each, until it comes to its end. */
async function atEveryStep(
  from: string,
  what: string,
  look: (folder: string) => Promise<string>,
): Promise<{ readonly steps: number; readonly seen: ReadonlySet<string> }> {
  const seen = new Set<string>();
  for (let number = 1; number < 200; number += 1) {
    const folder = newFolder();
    cpSync(from, folder, { recursive: true });
    const { stdout, signal, stderr } = spawnSync(process.execPath, [program, folder, what, String(number)], {
      encoding: "utf8",
      timeout: 30_000,
    });
    if (stdout !== "done" && signal !== "SIGKILL") throw new Error(stderr);
    seen.add(await look(folder));
    if (stdout === "done") return { steps: number - 1, seen };
  }
  throw new Error("the program never came to its end");
}

test("a key renewed with the power cut at any step: everything opens, under the one key that the keychain then has", async () => {
  const { folder: from, sealed } = await filled();
  const { steps, seen } = await atEveryStep(from, "renew", async (folder) => {
    const { vault, file, keychain } = await opened(folder);
    expect(vault.problem()).toBeNull();
    for (const [id, value] of Object.entries(KEPT)) {
      expect(await vault.use(id, readText)).toEqual({ ok: true, value });
    }
    expect(keychain.items()).toHaveLength(1);
    file.close();
    const isOld = everyByte(folder).includes(sealed[0] ?? Buffer.of());
    // Half of the records under each key would be neither.
    expect(sealed.map((bytes) => everyByte(folder).includes(bytes))).toEqual(sealed.map(() => isOld));
    return isOld ? "old" : "new";
  });
  expect(steps).toBeGreaterThan(15);
  expect([...seen].toSorted()).toEqual(["new", "old"]);
}, 180_000);

test("everything removed with the power cut at any step: all is there, or nothing but the audit trail's own", async () => {
  const { folder: from, sealed } = await filled();
  const { steps, seen } = await atEveryStep(from, "remove-all", async (folder) => {
    const { vault, file, keychain } = await opened(folder);
    expect(vault.problem()).toBeNull();
    expect(await vault.use("audit/key", readText)).toEqual({ ok: true, value: KEPT["audit/key"] });
    expect(keychain.items()).toHaveLength(1);
    const isThere = vault.has("profile/itsme/a");
    file.close();
    expect(sealed.some((bytes) => everyByte(folder).includes(bytes))).toBe(isThere);
    return isThere ? "all" : "none";
  });
  expect(steps).toBeGreaterThan(15);
  expect([...seen].toSorted()).toEqual(["all", "none"]);
}, 180_000);

test("the first key made with the power cut at any step: the next start has a vault, and the keychain one key", async () => {
  const empty = newFolder();
  mkdirSync(join(empty, "keychain"));
  const { steps } = await atEveryStep(empty, "open", async (folder) => {
    const { vault, keychain } = await opened(folder);
    expect(vault.problem()).toBeNull();
    expect(await vault.put("a", text("x"))).toBe("stored");
    expect(keychain.items()).toHaveLength(1);
    return "";
  });
  expect(steps).toBeGreaterThan(6);
}, 120_000);

test("started afresh with the power cut at any step: the old records are never gone", async () => {
  const { folder: from, sealed } = await filled();
  const lost = join(from, "keychain");
  rmSync(lost, { recursive: true });
  mkdirSync(lost);
  const { seen } = await atEveryStep(from, "afresh", async (folder) => {
    const { vault, file } = await opened(folder);
    const problem = vault.problem();
    file.close();
    for (const bytes of sealed) expect(everyByte(folder).includes(bytes)).toBe(true);
    return problem ?? "usable";
  });
  expect([...seen].toSorted()).toEqual(["key-lost", "usable"]);
}, 120_000);
