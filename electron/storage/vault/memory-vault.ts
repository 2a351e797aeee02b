import { failed, success } from "../../../shared/result.ts";
import { lend } from "./lend.ts";
import type { SecretVault } from "./secret-vault.ts";

/** Keeps secrets until the program ends: for a computer without a keychain, and for tests. */
export function memoryVault(): SecretVault {
  const secrets = new Map<string, Uint8Array>();
  const forget = (id: string): void => {
    secrets.get(id)?.fill(0);
    secrets.delete(id);
  };
  return {
    state: () => "session-only",
    problem: () => "missing",
    has: (id) => secrets.has(id),
    standing: (id) => (secrets.has(id) ? "session" : "none"),
    ids: () => [...secrets.keys()],
    put(id, secret) {
      forget(id);
      secrets.set(id, new Uint8Array(secret));
      return Promise.resolve("session-only");
    },
    async use(id, borrow) {
      const secret = secrets.get(id);
      return secret === undefined
        ? failed({ code: "provider.no-credentials" })
        : success(await lend(new Uint8Array(secret), borrow));
    },
    remove(id) {
      forget(id);
      return Promise.resolve();
    },
  };
}
