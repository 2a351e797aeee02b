import { describe, expect, test } from "vitest";
import { vaultNotices, vaultView } from "../../../electron/services/vault/vault-view.ts";
import type { Standing, VaultProblem } from "../../../electron/storage/vault/secret-vault.ts";
import type { ProfileView } from "../../../shared/profiles.ts";

const profile = (name: string, missing: readonly string[]): ProfileView => ({
  provider: "idnow",
  name,
  environment: "test",
  active: true,
  values: {},
  certificates: {},
  secrets: { password: { kind: "text" } },
  missing,
  keeping: "stored",
});

function vaultOf(problem: VaultProblem | null, standings: Readonly<Record<string, Standing>>) {
  return {
    problem: () => problem,
    ids: () => Object.keys(standings),
    standing: (id: string): Standing => standings[id] ?? "none",
  };
}

const isOwn = (id: string): boolean => id.startsWith("audit/");

describe("how the vault stands", () => {
  test("counts access data and not the audit trail's key", () => {
    const vault = vaultOf(null, { "audit/key": "stored", "profile/a": "stored", "record/b": "stored", c: "session" });
    expect(vaultView(vault, [], [], isOwn)).toEqual({ state: "usable", stored: 2, session: 1, needing: [] });
  });

  test("names the profiles whose secrets are gone, with the unfinished runs of that very profile", () => {
    const vault = vaultOf("key-lost", { "profile/a": "lost" });
    const runs = [
      { provider: "idnow" as const, profile: "Main" },
      { provider: "idnow" as const, profile: "Main" },
      { provider: "idnow" as const, profile: "Other" },
      { provider: "itsme" as const, profile: "Main" },
    ];
    expect(vaultView(vault, [profile("Main", ["password"]), profile("Other", [])], runs, isOwn)).toEqual({
      state: "key-lost",
      stored: 1,
      session: 0,
      needing: [{ provider: "idnow", name: "Main", runs: 2 }],
    });
  });

  test("is told in the window only while there is something to tell, and other notices stay", () => {
    const other = { code: "app.settings-reset" } as const;
    const told = (state: "usable" | "locked" | "missing" | "key-lost" | "damaged", stored: number, session = 0) =>
      vaultNotices({ state, stored, session, needing: [] }, [other, { code: "vault.key-lost" }]);
    expect(told("usable", 3)).toEqual([other]);
    expect(told("key-lost", 3)).toEqual([other, { code: "vault.key-lost" }]);
    expect(told("damaged", 0)).toEqual([other, { code: "vault.damaged" }]);
    expect(told("locked", 1)).toEqual([other, { code: "app.keychain-locked" }]);
    expect(told("missing", 0, 1)).toEqual([other, { code: "app.keychain-unavailable" }]);
    // Whoever practises has nothing that could be lost.
    expect(told("missing", 0)).toEqual([other]);
    expect(told("locked", 0)).toEqual([other]);
  });
});
