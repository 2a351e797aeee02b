import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openProgramVault } from "../../../electron/services/application/program-vault.ts";

describe("the program's vault", () => {
  let data: string;
  const paths = () => ({ data, fonts: "", sample: () => Promise.resolve("") });

  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), "sealdesk-vault-"));
  });
  afterEach(() => rmSync(data, { recursive: true, force: true }));

  test("lives for the session when there is no keychain", async () => {
    const refusing = {
      read: () => Promise.reject(new Error("locked")),
      write: () => Promise.reject(new Error("locked")),
      remove: () => Promise.reject(new Error("locked")),
    };
    for (const ports of [{ paths: paths() }, { paths: paths(), keyStore: refusing }]) {
      const program = openProgramVault(ports);
      expect((await program.vault).state()).toBe("session-only");
      program.close();
    }
  });

  test("keeps secrets across a restart under the key of the keychain", async () => {
    let key: Uint8Array | null = null;
    const keyStore = {
      read: () => Promise.resolve(key === null ? null : new Uint8Array(key)),
      write: (bytes: Uint8Array) => {
        key = new Uint8Array(bytes);
        return Promise.resolve();
      },
      remove: () => Promise.resolve(),
    };
    const first = openProgramVault({ paths: paths(), keyStore });
    await (await first.vault).put("client key", new Uint8Array([1, 2, 3]));
    first.close();
    const second = openProgramVault({ paths: paths(), keyStore });
    const lent = await (await second.vault).use("client key", (secret) => Promise.resolve([...secret]));
    expect(lent).toEqual({ ok: true, value: [1, 2, 3] });
    second.close();
  });

  test("does not keep the program from ending while the keychain waits for its password", () => {
    const forever = () => new Promise<never>(() => undefined);
    const waiting = { read: forever, write: forever, remove: forever };
    expect(() => openProgramVault({ paths: paths(), keyStore: waiting }).close()).not.toThrow();
  });
});
