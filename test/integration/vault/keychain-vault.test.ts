import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AsyncEntry } from "@napi-rs/keyring";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const script = new URL("report-vault.ts", import.meta.url).pathname;
const onLinux = process.platform === "linux";
/** Set by the test runner, which opens a D-Bus session with an empty, unlocked keychain for all integration tests. */
const hasKeychain = process.env["SEALDESK_TEST_KEYRING"] === "unlocked";
const has = (program: string) => spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
const canStartSession = onLinux && has("dbus-run-session") && has("gnome-keyring-daemon");

let folder = "";
let service = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-vault-"));
  service = `sealdesk-test-${randomUUID()}`;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function report(env: NodeJS.ProcessEnv, before: readonly string[] = []): unknown {
  const command = [...before, process.execPath, script, join(folder, "sealdesk.db"), service];
  const run = spawnSync(command[0]!, command.slice(1), { env, encoding: "utf8", timeout: 40_000 });
  if (run.stdout === "") {
    throw new Error(`the vault program printed nothing: ${run.stderr}`);
  }
  return JSON.parse(run.stdout);
}

/** An environment in which no keychain of the person running the tests can be found, and no window can ask. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: folder };
  for (const name of ["DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"]) {
    delete env[name];
  }
  return env;
}

const sessionOnly = {
  state: "session-only",
  problem: "keychain-unavailable",
  known: false,
  put: "session-only",
  read: { ok: true, value: "a secret of this run" },
  rows: 0,
};

describe.skipIf(!hasKeychain)("a real keychain (skipped outside a session with an unlocked one)", () => {
  afterEach(async () => {
    await new AsyncEntry(service, "vault-key", { linux: { store: "secret-service" } }).deleteCredential();
  });

  test("keeps the key between two programs, and the database holds only sealed bytes", () => {
    const stored = { state: "available", problem: null, put: "stored", read: sessionOnly.read, rows: 1 };
    expect(report(process.env)).toEqual({ ...stored, known: false });
    expect(report(process.env)).toEqual({ ...stored, known: true });
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name)).includes("a secret of this run")).toBe(false);
    }
  });

  test("whose item was deleted leaves the records alone", async () => {
    report(process.env);
    await new AsyncEntry(service, "vault-key", { linux: { store: "secret-service" } }).deleteCredential();
    expect(report(process.env)).toMatchObject({ state: "session-only", problem: "key-lost", rows: 1 });
  });
});

describe.skipIf(!onLinux)("without a usable Secret Service (Linux only)", () => {
  test("no session bus: secrets live for the session, and nothing goes to the kernel keyring or the disk", () => {
    expect(report(bareEnvironment())).toEqual(sessionOnly);
  });

  test.skipIf(!canStartSession)("a keychain that stays locked (skipped without dbus-run-session): the same", () => {
    expect(report(bareEnvironment(), ["dbus-run-session", "--"])).toEqual(sessionOnly);
  });
});
